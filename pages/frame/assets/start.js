/*
 * Runs before Streamlit. The page is Danish whatever language the browser prefers: number and
 * date formats, sorting (æ, ø and å last) and the strings of the React Aria widgets follow the
 * locale that the browser reports, so it reports Danish.
 */
"use strict";

(() => {
  const LOCALE = "da-DK";

  window[Symbol.for("react-aria.i18n.locale")] = LOCALE;

  // Otherwise Streamlit first looks for its server below the page's own path (/passive/_stcore/…),
  // gets a 404, and loses a round trip with an error in the console.
  window.__streamlit = { BACKEND_BASE_URL: `${window.location.origin}/` };

  // `?embed=1`: Streamlit knows the word `true` only, and the style sheets know the page by this.
  const parameters = new URLSearchParams(window.location.search);
  if (["1", "true"].includes(parameters.get("embed"))) {
    document.documentElement.dataset.embed = "";
    if (parameters.get("embed") === "1") {
      parameters.set("embed", "true");
      window.history.replaceState(null, "", `?${parameters}${window.location.hash}`);
    }
  }

  Object.defineProperty(navigator, "language", { get: () => LOCALE, configurable: true });
  Object.defineProperty(navigator, "languages", { get: () => [LOCALE], configurable: true });

  const compare = String.prototype.localeCompare;
  String.prototype.localeCompare = function (other, locales, options) {
    return compare.call(this, other, locales ?? LOCALE, options);
  };

  for (const name of ["Collator", "DateTimeFormat", "NumberFormat", "PluralRules"]) {
    Intl[name] = new Proxy(Intl[name], {
      construct: (target, [locales, options], newTarget) =>
        Reflect.construct(target, [locales ?? LOCALE, options], newTarget),
      apply: (target, self, [locales, options]) =>
        Reflect.apply(target, self, [locales ?? LOCALE, options]),
    });
  }

  for (const type of [Number, BigInt, Date]) {
    for (const name of ["toLocaleString", "toLocaleDateString", "toLocaleTimeString"]) {
      const original = type.prototype[name];
      if (original) {
        type.prototype[name] = function (locales, options) {
          return original.call(this, locales ?? LOCALE, options);
        };
      }
    }
  }

  // A link to a part of a page (/kilder#statistik): the browser looks for it before it is drawn.
  const part = window.location.hash.slice(1);
  if (part) {
    const watcher = new MutationObserver(() => {
      const found = document.getElementById(part);
      if (!found) return;
      watcher.disconnect();
      const folded = found.closest("details");
      if (folded) folded.open = true;
      found.scrollIntoView();
    });
    watcher.observe(document, { childList: true, subtree: true });
    setTimeout(() => watcher.disconnect(), 30_000);
  }
})();
