// The name and value beside the pointer or the focused area. It can be hovered itself and is
// dismissed with Escape (WCAG 1.4.13). Screen readers have the same text on the area.

const GAP = 14;
const MARGIN = 8;
const GRACE_MS = 300; // time to move the pointer from the area to the tooltip

export class Tooltip {
  #timer = 0;
  #anchor = null;

  constructor(parent) {
    this.element = parent.appendChild(document.createElement("div"));
    this.element.className = "tooltip";
    this.element.setAttribute("aria-hidden", "true");
    this.element.setAttribute("popover", "manual"); // the top layer: no container can cut it
    this.name = this.element.appendChild(document.createElement("strong"));
    this.value = this.element.appendChild(document.createElement("span"));
    this.element.onpointerenter = () => clearTimeout(this.#timer);
    this.element.onpointerleave = () => this.hideSoon();
  }

  get shown() {
    return this.#anchor !== null;
  }

  /** `anchor` returns the point of the window, in pixels, that the tooltip explains. */
  show(name, value, anchor) {
    clearTimeout(this.#timer);
    this.name.textContent = name;
    this.value.textContent = value;
    if (!this.shown) this.element.showPopover?.();
    this.#anchor = anchor;
    this.place();
  }

  place() {
    if (!this.shown) return;
    const [x, y] = this.#anchor();
    const { offsetWidth: width, offsetHeight: height } = this.element;
    const above = y - GAP - height;
    const top = above >= MARGIN ? above : y + GAP;
    const keep = (at, most) => Math.max(MARGIN, Math.min(at, most - MARGIN));
    this.element.style.left = `${keep(x - width / 2, innerWidth - width)}px`;
    this.element.style.top = `${keep(top, innerHeight - height)}px`;
  }

  hideSoon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.hide(), GRACE_MS);
  }

  hide() {
    clearTimeout(this.#timer);
    if (!this.shown) return;
    this.#anchor = null;
    this.element.hidePopover?.();
  }
}
