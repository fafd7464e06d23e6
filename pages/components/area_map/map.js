// The interactive map.
//
// To assistive technology it is a list box: one tab stop, one option per area named
// 'Holbæk: 52 pct., 117 borgere', of which one can be selected. That pattern makes screen readers
// pass arrow keys on, announces name, value and 'valgt' without a live region, and lists the areas
// in alphabetical order to those who do not use arrow keys. The focus is the browser's own (roving
// tabindex), because aria-activedescendant does not reach SVG elements in every browser.

import { css as paletteCss, labels } from "./palette.js";
import { css } from "./map.css.js";
import { loadAsset, topOf, truePlace } from "./asset.js";
import { Drawing, setFill } from "./drawing.js";
import { destination, TypeAhead } from "./keyboard.js";
import { drawLegend } from "./map_legend.js";
import { Tooltip } from "./tooltip.js";

const HELP =
  "Piletaster flytter til området i den retning, bogstaver søger efter navn, Page Up og Page Down " +
  "går gennem alfabetet, Enter vælger, og Escape lukker feltet med tal og fjerner derefter valget.";
const STATUSES = { s: "suppressed", l: "left_out", n: "not_collected", o: "outside" };
const alphabet = new Intl.Collator("da");
const sheet = new CSSStyleSheet();
sheet.replaceSync(paletteCss + css);
const maps = new WeakMap();

export default function ({ parentElement, data, setTriggerValue }) {
  if (!maps.has(parentElement)) maps.set(parentElement, new AreaMap(parentElement));
  const map = maps.get(parentElement);
  map.onSelect = (id) => setTriggerValue("select", id);
  map.render(data);
  return () => {
    map.destroy();
    maps.delete(parentElement);
  };
}

class AreaMap {
  #typeAhead = new TypeAhead();
  #level = null;
  #areas = []; // of the level, in alphabetical order
  #inside = []; // those that are not filtered away
  #selected = null;
  #current = null; // the tab stop
  #pointer = ""; // where it is in the window
  #dismissed = null; // where it was when Escape closed the tooltip

  constructor(root) {
    root.adoptedStyleSheets = [sheet];
    const place = root.querySelector("[data-root]");
    place.innerHTML = `
      <figure class="figure map" lang="da">
        <figcaption><span class="title"></span></figcaption>
        <p class="hidden" id="description"></p>
        <div class="stage" role="listbox" aria-describedby="description"></div>
        <div class="legend"></div>
      </figure>`;
    place.removeAttribute("style");
    const find = (selector) => place.querySelector(selector);
    this.figure = find("figure");
    this.title = find(".title");
    this.description = find("#description");
    this.stage = find(".stage");
    this.legend = find(".legend");
    this.tooltip = new Tooltip(this.figure);
    this.#listen();
  }

  async render(data) {
    this.data = data;
    let asset;
    try {
      asset = await loadAsset(data.a);
    } catch {
      this.stage.textContent = "Kortets grænser kunne ikke hentes. Genindlæs siden.";
      return;
    }
    if (this.data !== data) return; // a newer render has overtaken this one
    const level = `${data.a} ${data.l}`;
    if (this.#level !== level) this.#build(asset, data);
    this.#level = level;
    this.#update(data);
  }

  destroy() {
    this.resizing.disconnect();
    this.abort.abort();
    this.tooltip.hide();
  }

  #build(asset, data) {
    const names = new Map(data.i.split(" ").map((id, i) => [id, data.n.split("|")[i]]));
    this.#areas = asset.levels[data.l]
      .map((area) => ({
        ...area, name: names.get(area.id) || "", value: "", fill: null,
        place: truePlace(area, asset.frames),
      }))
      .sort((a, b) => alphabet.compare(a.name, b.name));
    this.byId = new Map(this.#areas.map((area) => [area.id, area]));
    this.drawing = new Drawing(this.stage, asset);
    this.drawing.drawAreas(this.#areas);
    this.#current = null;
    this.legendKey = null;
  }

  #update(data) {
    const [names, values] = [data.n.split("|"), data.v.split("|")];
    const cells = new Map(data.i.split(" ").map((id, i) => {
      const fill = STATUSES[data.f[i]] || data.f[i];
      return [id, [names[i], values[i], fill]];
    }));
    for (const area of this.#areas) {
      this.#paint(area, ...(cells.get(area.id) || [area.name, labels.outside, "outside"]));
    }
    this.#inside = this.#areas.filter((area) => area.fill !== "outside");
    this.title.textContent = data.t;
    this.stage.setAttribute("aria-label", data.t);
    this.description.textContent = [data.b, data.d, HELP].filter(Boolean).join(". ");
    const legendKey = JSON.stringify(data.g);
    if (legendKey !== this.legendKey) drawLegend(this.legend, data.g);
    this.legendKey = legendKey;
    this.drawing.setBadge(data.b);
    this.#setSelected(this.byId.get(data.s) || null);
    if (!this.#inside.includes(this.#current) || !this.#focused) {
      this.#setCurrent(this.#selected || this.#inside[0] || null);
    }
  }

  #paint(area, name, value, fill) {
    if (area.fill === fill && area.value === value && area.name === name) return;
    if (area.fill !== fill) setFill(area.path, fill);
    Object.assign(area, { name, value, fill });
    if (fill === "outside") {
      area.path.setAttribute("aria-hidden", "true");
      for (const name of ["role", "tabindex", "aria-label", "aria-selected"]) {
        area.path.removeAttribute(name);
      }
      return;
    }
    area.path.removeAttribute("aria-hidden");
    area.path.setAttribute("role", "option");
    area.path.setAttribute("aria-label", `${name}: ${value}`);
    area.path.setAttribute("aria-selected", String(area === this.#selected));
    if (!area.path.hasAttribute("tabindex")) area.path.setAttribute("tabindex", "-1");
  }

  #setSelected(area) {
    this.#selected?.path.setAttribute("aria-selected", "false");
    this.#selected = area?.fill === "outside" ? null : area;
    this.#selected?.path.setAttribute("aria-selected", "true");
    this.drawing.outline([this.drawing.selectionHalo, this.drawing.selection], this.#selected);
  }

  #setCurrent(area) {
    this.#current?.path.setAttribute("tabindex", "-1");
    if (this.#current?.fill === "outside") this.#current.path.removeAttribute("tabindex");
    this.#current = area;
    area?.path.setAttribute("tabindex", "0");
  }

  /** Shows the choice at once; Python's answer follows and has the last word. */
  #select(area) {
    this.#setSelected(area);
    this.onSelect(area ? area.id : "");
  }

  get #focused() {
    return this.stage.getRootNode().activeElement?.closest(".area") != null;
  }

  #areaOf(event) {
    const path = event.target.closest?.(".area");
    return path ? this.byId.get(path.dataset.id) : null;
  }

  #explain(area, anchor) {
    this.tooltip.show(area.name, area.value, anchor);
  }

  #listen() {
    const stage = this.stage;
    stage.onpointerover = (event) => {
      const area = this.#areaOf(event);
      if (!area) return;
      this.drawing.outline([this.drawing.hover], area.fill === "outside" ? null : area);
      // Closing the tooltip uncovers the area below it: what was dismissed stays so until a move.
      if (`${event.clientX},${event.clientY}` === this.#dismissed) return;
      this.#dismissed = null;
      // Stays where the pointer came in, so that the pointer can reach it.
      this.#explain(area, () => [event.clientX, event.clientY]);
    };
    stage.onpointerout = () => {
      this.drawing?.outline([this.drawing.hover], null);
      this.tooltip.hideSoon();
    };
    stage.onclick = (event) => {
      const area = this.#areaOf(event);
      if (!area || area.fill === "outside") return;
      this.#setCurrent(area);
      this.#select(area);
    };
    stage.addEventListener("focusin", (event) => {
      const area = this.#areaOf(event);
      if (!area) return;
      this.#setCurrent(area);
      if (!event.target.matches(":focus-visible")) return;
      this.drawing.outline([this.drawing.focusHalo, this.drawing.focus], area);
      this.#explain(area, () => this.drawing.onScreen(topOf(area))); // above the ring, not on it
    });
    stage.addEventListener("focusout", () => {
      this.drawing?.outline([this.drawing.focusHalo, this.drawing.focus], null);
      this.tooltip.hide();
    });
    stage.onkeydown = (event) => this.#onKey(event);
    this.resizing = new ResizeObserver(() => this.drawing?.fit());
    this.resizing.observe(stage);
    this.abort = new AbortController();
    const options = { signal: this.abort.signal, capture: true, passive: true };
    addEventListener("scroll", () => this.#follow(), options);
    addEventListener("resize", () => this.#follow(), options);
    addEventListener("pointermove", (event) => {
      this.#pointer = `${event.clientX},${event.clientY}`;
    }, options);
    // On the document: a tooltip under the pointer closes wherever the focus is.
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !this.tooltip.shown || this.#focused) return;
      this.#dismissed = this.#pointer;
      this.tooltip.hide();
    }, options);
  }

  #follow() {
    if (this.#focused) this.tooltip.place();
    else this.tooltip.hide();
  }

  #onKey(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || !this.#current) return;
    const { key } = event;
    if (key === "Escape") {
      if (this.tooltip.shown) this.tooltip.hide();
      else if (this.#selected) this.#select(null);
      else return;
    } else if (key === "Enter" || (key === " " && !this.#typeAhead.active)) {
      this.#select(this.#current);
    } else {
      const area = key.length === 1
        ? this.#typeAhead.find(key, this.#current, this.#inside)
        : destination(key, this.#current, this.#inside);
      if (key.length > 1 && !KEYS.has(key)) return;
      area?.path.focus();
    }
    event.preventDefault();
    event.stopPropagation(); // Streamlit listens for single letters of its own
  }
}

const KEYS = new Set(
  ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End", "PageUp", "PageDown"]);
