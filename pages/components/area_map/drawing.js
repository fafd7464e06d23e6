// The SVG: created once per map and level. What changes afterwards are classes and attributes.

import { patterns } from "./palette.js";

const SVG = "http://www.w3.org/2000/svg";
const INSET_LABEL_PX = 12;
const BADGE_PX = 13;
const NARROW_PX = 420; // below this width a badge of full size would reach into Jylland

export function svgElement(name, attributes = {}, parent = null) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (parent) parent.append(element);
  return element;
}

/** Sets the look of a class code ('0'…) or status; `use` says which copy of the patterns. */
export function setFill(element, fill, use = "area") {
  element.dataset.fill = fill;
  element.classList.remove(...[...element.classList].filter((name) => name.startsWith("fill-")));
  element.classList.add(`fill-${fill}`);
  // As an attribute, because addresses in a shared style sheet do not always find a shadow root's ids.
  if (fill in patterns) element.setAttribute("fill", `url(#${use}-${fill})`);
  else element.removeAttribute("fill");
}

function drawPatterns(definitions, use) {
  return Object.entries(patterns).map(([status, { size, mark }]) => {
    const pattern = svgElement("pattern", {
      id: `${use}-${status}`, width: size, height: size, patternUnits: "userSpaceOnUse",
      class: "pattern",
    }, definitions);
    svgElement("rect", { width: size, height: size, class: "ground" }, pattern);
    svgElement("g", { class: "ink" }, pattern).innerHTML = mark;
    return pattern;
  });
}

export class Drawing {
  constructor(stage, asset) {
    this.tiled = Boolean(asset.tiled);
    this.svg = svgElement("svg", {
      class: asset.tiled ? "tiled" : "true",
      viewBox: asset.view_box.join(" "), role: "presentation", focusable: "false",
    });
    const definitions = svgElement("defs", {}, this.svg);
    this.patterns = drawPatterns(definitions, "area"); // scaled with the map, in `fit`
    drawPatterns(definitions, "key");
    this.frames = svgElement("g", { class: "frames", "aria-hidden": "true" }, this.svg);
    this.labels = asset.frames.map((frame) => this.#drawFrame(frame));
    this.coast = svgElement("g", { class: "coast", "aria-hidden": "true" }, this.svg);
    this.areas = svgElement("g", { role: "presentation" }, this.svg);
    this.names = svgElement("g", { class: "names", "aria-hidden": "true" }, this.svg);
    const overlays = svgElement("g", { class: "overlays", "aria-hidden": "true" }, this.svg);
    this.hover = svgElement("path", { class: "hover" }, overlays);
    this.selectionHalo = svgElement("path", { class: "selection-halo" }, overlays);
    this.selection = svgElement("path", { class: "selection" }, overlays);
    this.focusHalo = svgElement("path", { class: "focus-halo" }, overlays);
    this.focus = svgElement("path", { class: "focus" }, overlays);
    this.badge = svgElement("g", { class: "badge", "aria-hidden": "true" }, this.svg);
    this.badgePlate = svgElement("rect", { rx: 3 }, this.badge);
    this.badgeText = svgElement("text", {}, this.badge);
    stage.replaceChildren(this.svg);
  }

  /** Draws the areas of a level, in the order given, which is the order screen readers meet. */
  drawAreas(areas) {
    // The coast is the half of a wide line that lies outside all areas. One path for all of it
    // would take twenty times as long to paint.
    if (!this.tiled) {
      this.coast.replaceChildren(...areas.map(({ d }) => svgElement("path", { d })));
    }
    this.areas.replaceChildren(...areas.map((area) => {
      area.path = svgElement("path", { d: area.d, class: "area", "data-id": area.id });
      return area.path;
    }));
    if (this.tiled) this.names.replaceChildren(...areas.map((area) => this.#drawName(area)));
  }

  #drawName(area) {
    const [x, y] = area.tile;
    area.text = svgElement("text");
    const lines = area.short.split("|");
    lines.forEach((line, place) => {
      const dy = 1.05 * (place - (lines.length - 1) / 2) + 0.36;
      svgElement("tspan", { x, y, dy: `${dy}em` }, area.text).textContent = line;
    });
    return area.text;
  }

  /** Sets an area's look, and that of the name written on its tile. */
  fill(area, fill) {
    setFill(area.path, fill);
    area.text?.setAttribute("class", `on-${/^d?\d$/.test(fill) ? fill : fill === "outside" ? "outside" : "hatch"}`);
  }

  /** Outlines are copies on top, so that the areas keep their order for screen readers. */
  outline(elements, area) {
    for (const element of elements) {
      if (area) element.setAttribute("d", area.d);
      else element.removeAttribute("d");
    }
  }

  setBadge(text) {
    this.badgeText.textContent = text || "";
    this.badge.style.display = text ? "" : "none";
    this.fit();
  }

  /** Keeps hatching and text at the same size in pixels however large the map is drawn. */
  fit() {
    const pixel = 1 / (this.svg.getScreenCTM()?.a || 1);
    this.svg.style.setProperty("--pixel", pixel);
    for (const pattern of this.patterns) pattern.setAttribute("patternTransform", `scale(${pixel})`);
    for (const { text, rect: [x, y, width] } of this.labels) {
      text.setAttribute("font-size", INSET_LABEL_PX * pixel);
      // A label wider than its frame grows to the left, as frames stand at the right edge.
      const wide = text.getComputedTextLength() > width;
      text.setAttribute("text-anchor", wide ? "end" : "start");
      text.setAttribute("x", wide ? x + width : x);
      text.setAttribute("y", y - 5 * pixel);
    }
    if (!this.badgeText.textContent) return;
    const narrow = this.svg.clientWidth < NARROW_PX;
    const [pad, edge] = [(narrow ? 4 : 6) * pixel, pixel];
    const size = (narrow ? 10.5 : BADGE_PX) * pixel;
    this.badgeText.setAttribute("font-size", size);
    this.badgeText.setAttribute("x", edge + pad);
    this.badgeText.setAttribute("y", edge + pad + size * 0.82);
    const plate = {
      x: edge, y: edge, rx: 3 * pixel, height: size + 2 * pad,
      width: this.badgeText.getComputedTextLength() + 2 * pad,
    };
    for (const [key, value] of Object.entries(plate)) this.badgePlate.setAttribute(key, value);
  }

  /** A point of the drawing in pixels of the window. */
  onScreen([x, y]) {
    const matrix = this.svg.getScreenCTM();
    return [matrix.a * x + matrix.e, matrix.d * y + matrix.f];
  }

  #drawFrame({ label, rect }) {
    const [x, y, width, height] = rect;
    svgElement("rect", { x, y, width, height }, this.frames);
    const text = svgElement("text", {}, this.frames);
    text.textContent = label;
    return { text, rect };
  }
}
