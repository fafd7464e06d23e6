// The tour: a card with one step at a time. Shown once per browser, or when it is asked for.

import { css as paletteCss } from "./palette.js";
import { css } from "./tour.css.js";

const SEEN = "indsatsatlas.rundvisning";
const BESIDE = "(min-width: 64rem)"; // as in tour.css
const CORNERS = ["bottom right", "bottom left", "top right", "top left"];
const sheet = new CSSStyleSheet();
sheet.replaceSync(paletteCss + css);
const tours = new WeakMap();

export default function ({ parentElement, data }) {
  if (!tours.has(parentElement)) tours.set(parentElement, new Tour(parentElement));
  tours.get(parentElement).render(data);
  return () => {
    tours.get(parentElement)?.unmark();
    tours.delete(parentElement);
  };
}

// A browser may keep nothing for a page: then the tour is simply shown again.
function seen() {
  try {
    return localStorage.getItem(SEEN) !== null;
  } catch {
    return false;
  }
}

function remember() {
  try {
    localStorage.setItem(SEEN, "1");
  } catch {
    // Shown again next time.
  }
}

// The address no longer asks for the tour, so that the link to it works again.
function leave() {
  const there = new URL(location.href);
  there.searchParams.delete("rundvisning");
  history.replaceState(null, "", there);
  dispatchEvent(new PopStateEvent("popstate"));
}

// The area, in square pixels, that two boxes share.
function overlap(one, other) {
  const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left);
  const high = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
  return Math.max(wide, 0) * Math.max(high, 0);
}

class Tour {
  #place;
  #steps = [];
  #at = 0;
  #marked = null;
  #asked = false;

  constructor(root) {
    root.adoptedStyleSheets = [sheet];
    this.#place = root.querySelector("[data-root]");
  }

  render({ s: steps, a: askedFor }) {
    const first = !this.#steps.length;
    const again = askedFor && !this.#asked;
    this.#steps = steps;
    this.#asked = askedFor;
    if (!again && !(first && !seen())) return; // some other part of the page changed
    this.#at = 0;
    this.#draw(askedFor);
  }

  #draw(focus) {
    const [title, text, target, label, address] = this.#steps[this.#at];
    const last = this.#at === this.#steps.length - 1;
    this.#place.innerHTML = `
      <section class="figure tour" lang="da" aria-labelledby="tour-title">
        <p class="count"></p><h2 id="tour-title" tabindex="-1"></h2><p class="text"></p>
        <p class="more"><a target="_self"></a></p>
        <div class="row">
          <button type="button" data-do="back">Tilbage</button>
          <button type="button" data-do="next" class="main"></button>
          <button type="button" data-do="close" class="quiet"></button>
        </div>
      </section>`;
    const one = (selector) => this.#place.querySelector(selector);
    one(".count").textContent = `Rundvisning, trin ${this.#at + 1} af ${this.#steps.length}`;
    one("h2").textContent = title;
    one(".text").textContent = text;
    one("a").textContent = label;
    one("a").href = address || "/";
    one(".more").hidden = !label;
    one("[data-do=back]").hidden = this.#at === 0;
    one("[data-do=next]").textContent = last ? "Færdig" : "Næste";
    one("[data-do=close]").textContent = "Spring over";
    one("[data-do=close]").hidden = last;
    one("section").addEventListener("click", (event) => this.#act(event.target.dataset.do, last));
    one("section").addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.#act("close");
    });
    this.unmark();
    this.#mark(target, focus);
    if (focus) one("h2").focus({ preventScroll: true });
  }

  #act(what, last) {
    if (what === "close" || (what === "next" && last)) {
      remember();
      this.unmark();
      this.#place.replaceChildren();
      if (this.#asked) leave();
    } else if (what === "next" || what === "back") {
      this.#at += what === "next" ? 1 : -1;
      this.#draw(true);
    }
  }

  // Scrolls only for a reader who asked, and only where the card stays in sight beside the page.
  #mark(target, asked) {
    this.#marked = target ? document.querySelector(target) : null;
    if (!this.#marked) return;
    this.#marked.toggleAttribute("data-rundvist", true);
    if (!matchMedia(BESIDE).matches) return;
    if (asked) this.#marked.scrollIntoView({ block: "nearest" });
    this.#uncover();
  }

  // Stands in the corner where it hides least of what it tells about.
  #uncover() {
    const card = this.#place.querySelector(".tour");
    const shown = this.#marked.getBoundingClientRect();
    const main = document.querySelector("[data-testid=stMain]")?.getBoundingClientRect().left ?? 0;
    card.style.setProperty("--main", `${main}px`);
    const hidden = CORNERS.map((corner) => {
      card.dataset.corner = corner;
      return overlap(card.getBoundingClientRect(), shown);
    });
    card.dataset.corner = CORNERS[hidden.indexOf(Math.min(...hidden))];
  }

  unmark() {
    if (!this.#marked) return;
    this.#marked.removeAttribute("data-rundvist");
    this.#marked = null;
  }
}
