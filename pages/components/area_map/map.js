// The interactive map.
//
// To assistive technology it is a list box: one tab stop, one option per area named
// 'Holbæk: 52 pct., 117 borgere', of which one can be selected. That pattern makes screen readers
// pass arrow keys on, announces name, value and 'valgt' without a live region, and lists the areas
// in alphabetical order to those who do not use arrow keys. The focus is the browser's own (roving
// tabindex), because aria-activedescendant does not reach SVG elements in every browser.

import { css as paletteCss, labels } from "./palette.js";
import { css } from "./map.css.js";
import { asTiles, loadAsset, topOf, truePlace } from "./asset.js";
import { Drawing } from "./drawing.js";
import { destination, TypeAhead } from "./keyboard.js";
import { drawLegend } from "./map_legend.js";
import { loadMonths } from "./months.js";
import { Player } from "./player.js";
import { Tooltip } from "./tooltip.js";

const HELP =
  "Piletaster flytter til området i den retning, bogstaver søger efter navn, Page Up og Page Down " +
  "går gennem alfabetet, Enter vælger, og Escape lukker feltet med tal og fjerner derefter valget.";
const STATUSES = { s: "suppressed", l: "left_out", n: "not_collected", x: "no_difference", o: "outside" };
const alphabet = new Intl.Collator("da");
const sheet = new CSSStyleSheet();
sheet.replaceSync(paletteCss + css);
const maps = new WeakMap();

export default function ({ parentElement, data, setTriggerValue }) {
  if (!maps.has(parentElement)) maps.set(parentElement, new AreaMap(parentElement));
  const map = maps.get(parentElement);
  map.onSelect = (id) => setTriggerValue("select", id);
  map.onPeriod = (period) => setTriggerValue("period", period);
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
        <p class="about" hidden></p>
        <div class="legend"></div>
        <div class="months" role="group" aria-label="Vis kortet for andre måneder" hidden></div>
      </figure>`;
    place.removeAttribute("style");
    const find = (selector) => place.querySelector(selector);
    this.figure = find("figure");
    this.title = find(".title");
    this.description = find("#description");
    this.stage = find(".stage");
    this.legend = find(".legend");
    this.about = find(".about");
    this.player = new Player(find(".months"), {
      show: (month) => this.#showMonth(month),
      settle: (month) => this.#settle(month),
    });
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
    const level = `${data.a} ${data.l} ${data.m || ""}`;
    if (this.#level !== level) this.#build(data.m === "t" ? asTiles(asset) : asset, data);
    this.#level = level;
    this.#update(data);
    await this.#offerMonths(data);
  }

  /** The slider is there when the file of all months is; without it the map is as it was. */
  async #offerMonths(data) {
    const row = this.player.element;
    if (!data.p) {
      this.player.destroy();
      row.hidden = true;
      return;
    }
    try {
      const months = await loadMonths(data.p.u);
      if (this.data !== data) return;
      this.months = months;
    } catch {
      row.hidden = true;
      return;
    }
    row.hidden = this.months.size < 2;
    this.player.set(this.months, this.months.periods.indexOf(data.p.p));
    if (this.player.moving) this.#showMonth(this.player.month);
    else this.player.tell("");
  }

  /** Paints a month from the file: the server hears nothing of it. */
  #showMonth(month) {
    const { data, months } = this;
    const kind = months.kind(month);
    const scale = data.p.s["*"] || data.p.s[kind === "m" ? "s" : kind];
    const outside = new Set(this.#areas.filter((area) => area.fill === "outside"));
    const cells = new Map();
    for (const [id, look, text] of months.cells(month, scale.b)) {
      cells.set(id, [STATUSES[look] || look, text]);
    }
    for (const area of this.#areas) {
      if (outside.has(area)) continue;
      const [fill, text] = cells.get(area.id) || ["not_collected", labels.not_collected.toLowerCase()];
      this.#paint(area, area.name, text, fill);
    }
    const statuses = ["suppressed", "left_out", "not_collected", "outside"].filter(
      (status) => this.#areas.some((area) => area.fill === status));
    this.#drawLegend({ t: data.g.t, c: scale.c, n: scale.n, s: statuses }, "");
    const [words, made] = [months.words[month], months.synthetic(month)];
    const badge = made ? months.file.b : null;
    this.#setTitle(`${data.p.t}, ${words}`, badge, `Kortet viser ${words}`);
    this.player.tell(this.#noteOf(month));
    if (this.tooltip.shown && this.#focused) this.tooltip.show(
      this.#current.name, this.#current.value, () => this.drawing.onScreen(topOf(this.#current)));
  }

  /** What a reader must know while the map has gone on and the page has not. */
  #noteOf(month) {
    const { months, data } = this;
    const page = months.periods.indexOf(data.p.p);
    if (month === page) return "";
    const kinds = { s: "Syntetiske tal", m: "Blandede tal, nogle syntetiske" };
    const kind = months.kind(month);
    const warning = kinds[kind] && kind !== months.kind(page) ? `${kinds[kind]}, opdigtede til afprøvning. ` : "";
    return `${warning}Kun kortet er flyttet; resten af siden viser ${months.words[page]}, til du slipper.`;
  }

  #settle(month) {
    const period = this.months.periods[month];
    if (period !== this.data.p.p) this.onPeriod(period);
    else this.render(this.data);
  }

  #setTitle(title, badge, description) {
    this.title.textContent = title;
    this.stage.setAttribute("aria-label", title);
    this.description.textContent = [badge, description, HELP].filter(Boolean).join(". ");
    this.drawing.setBadge(badge);
  }

  #drawLegend(legend, scale) {
    const key = JSON.stringify([legend, scale]);
    if (key !== this.legendKey) drawLegend(this.legend, legend, scale);
    this.legendKey = key;
  }

  destroy() {
    this.player.destroy();
    this.resizing.disconnect();
    this.abort.abort();
    this.tooltip.hide();
  }

  #build(asset, data) {
    this.all = asset.levels[data.l];
    const names = new Map(this.#named(data));
    this.#areas = asset.levels[data.l]
      .map((area) => ({
        ...area, name: names.get(area.id) || area.name, value: "", fill: null,
        place: truePlace(area, asset.frames),
      }))
      .sort((a, b) => alphabet.compare(a.name, b.name));
    this.byId = new Map(this.#areas.map((area) => [area.id, area]));
    this.drawing = new Drawing(this.stage, asset);
    this.drawing.drawAreas(this.#areas);
    this.#current = null;
    this.legendKey = null;
  }

  /** Ids and names of the cells: those of the map's file where the message has none. */
  #named(data) {
    if (data.i === undefined) return this.all.map(({ id, name }) => [id, name]);
    const names = data.n.split("|");
    return data.i.split(" ").map((id, i) => [id, names[i]]);
  }

  #update(data) {
    const values = data.v.split("|");
    const cells = new Map(this.#named(data).map(([id, name], i) => {
      const fill = STATUSES[data.f[i]] || `${data.k || ""}${data.f[i]}`;
      return [id, [name, values[i], fill]];
    }));
    for (const area of this.#areas) {
      this.#paint(area, ...(cells.get(area.id) || [area.name, labels.outside, "outside"]));
    }
    this.#inside = this.#areas.filter((area) => area.fill !== "outside");
    this.#setTitle(data.t, data.b, data.d);
    this.#drawLegend(data.g, data.k || "");
    this.about.textContent = data.o || "";
    this.about.hidden = !data.o;
    this.#setSelected(this.byId.get(data.s) || null);
    if (!this.#inside.includes(this.#current) || !this.#focused) {
      this.#setCurrent(this.#selected || this.#inside[0] || null);
    }
  }

  #paint(area, name, value, fill) {
    if (area.fill === fill && area.value === value && area.name === name) return;
    if (area.fill !== fill) this.drawing.fill(area, fill);
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
