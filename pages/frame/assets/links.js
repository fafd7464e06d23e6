/*
 * A link from a page to another view of the same page, such as a step of the breadcrumbs, is
 * followed without loading the page anew: the address is changed as Back and Forward change it,
 * which Streamlit answers with a rerun. Other links, and clicks meant for a new tab, are left alone.
 * A button with `data-kopier` copies the text before it.
 */
"use strict";

(() => {
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element && event.target.closest(".stHtml a[href]");
    if (!link || event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    if (link.hasAttribute("download") || !["", "_self"].includes(link.target)) return;
    const there = new URL(link.href);
    if (there.origin !== location.origin || there.pathname !== location.pathname || there.hash) return;
    event.preventDefault();
    const nav = link.closest("nav[aria-label]")?.getAttribute("aria-label");
    history.pushState(null, "", there);
    dispatchEvent(new PopStateEvent("popstate"));
    if (nav) keepFocus(link, `nav[aria-label="${CSS.escape(nav)}"]`);
  });

  document.addEventListener("click", async (event) => {
    const button = event.target instanceof Element && event.target.closest("button[data-kopier]");
    if (!button) return;
    const text = button.previousElementSibling;
    const label = (button.dataset.kopier ||= button.textContent);
    getSelection().selectAllChildren(text);
    try {
      await navigator.clipboard.writeText(text.textContent);
      button.textContent = "Kopieret";
    } catch {
      // Without a secure context there is no clipboard; the older way copies what is selected.
      button.textContent = document.execCommand("copy") ? "Kopieret" : "Markeret: tryk Ctrl+C";
    }
    setTimeout(() => (button.textContent = label), 2500);
  });

  /** The link is drawn anew by the answer: the keyboard goes on from the list it stood in. */
  function keepFocus(link, place) {
    const until = performance.now() + 5000;
    const look = () => {
      if (link.isConnected && performance.now() < until) return requestAnimationFrame(look);
      const list = document.querySelector(place);
      if (!link.isConnected && list && document.activeElement === document.body) {
        list.tabIndex = -1;
        list.focus({ preventScroll: true });
      }
    };
    requestAnimationFrame(look);
  }
})();
