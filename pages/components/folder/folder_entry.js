// One entry of the folder: what it shows, as the server found it, and what its reader writes to it.

import { button, element, field } from "./folder_parts.js";

const STATES = {
  current: "Nyeste data", unchanged: "Uændret", changed: "Ændret", superseded: "Nyere findes",
  withdrawn: "Trukket tilbage", unknown: "Kan ikke efterprøves",
};

export class Entry {
  #shown = null;

  constructor(editor, key) {
    this.whole = element("li", { className: "entry" });
    this.head = element("h3");
    this.subtitle = element("p", { className: "subtitle" });
    this.content = element("div", { className: "content" });
    this.content.append(element("p", { className: "waiting", textContent: "Slås op …" }));
    this.heading = field("overskrift", "Egen overskrift", { most: 200 });
    this.comment = field("kommentar", "Kommentar", { most: 5000, lines: 2 });
    for (const [name, { input }] of [["overskrift", this.heading], ["kommentar", this.comment]]) {
      input.addEventListener("input", () => editor.typed(name, input, key));
      input.addEventListener("change", () => editor.flush());
    }
    this.heading.input.addEventListener("input", () => this.#name());
    this.up = button("Flyt op", () => editor.move(key, -1));
    this.down = button("Flyt ned", () => editor.move(key, 1));
    this.away = button("Fjern", () => editor.remove(key));
    const tools = element("div", { className: "tools" });
    tools.append(this.up, this.down, this.away);
    const written = element("div", { className: "written" });
    written.append(this.heading.whole, this.comment.whole);
    this.whole.append(this.head, this.subtitle, this.content, written, tools);
    // With Alt an arrow moves the entry from anywhere in it but its fields.
    this.whole.addEventListener("keydown", (event) => {
      const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (!by || !event.altKey || event.target.matches("input, textarea")) return;
      event.preventDefault();
      editor.move(key, by);
    });
  }

  /** What the entry is called on the page: as its reader wrote, and its kind where two are alike. */
  get named() {
    return `${this.#own || (this.#shown?.t ?? `post ${this.number}`)}${this.#shown?.n ?? ""}`;
  }

  get #own() {
    return this.heading.input.value.replace(/\s+/g, " ").trim();
  }

  /** Put the entry's own texts and its place in the list in, but not into a field with typing. */
  place(stored, at, count, pending) {
    this.number = at + 1;
    if (!pending.has(this.heading.input)) this.heading.set(String(stored?.overskrift ?? ""));
    if (!pending.has(this.comment.input)) this.comment.set(String(stored?.kommentar ?? ""));
    this.up.disabled = at === 0;
    this.down.disabled = at === count - 1;
    this.#name();
  }

  #name() {
    this.head.textContent = `${this.number}. ${this.named}`;
    const under = [this.#own && this.#shown?.t, this.#shown?.u];
    this.subtitle.textContent = under.filter(Boolean).join(". ");
    for (const one of [this.up, this.down, this.away]) {
      one.setAttribute("aria-label", `${one.textContent}: ${this.head.textContent}`);
    }
    for (const { input, whole } of [this.heading, this.comment]) {
      input.setAttribute("aria-label", `${whole.querySelector("label").textContent} til ${this.head.textContent}`);
    }
  }

  /** The button that moved the entry, or at the end of the list the other one. */
  focusMover(by) {
    const wanted = by < 0 ? this.up : this.down;
    (wanted.disabled ? (by < 0 ? this.down : this.up) : wanted).focus();
  }

  /** Show what the server found: texts, drawing, source and how the numbers stand. */
  show(found) {
    if (!found || JSON.stringify(found) === JSON.stringify(this.#shown)) return;
    this.#shown = found;
    this.content.replaceChildren(...(found.e ? [wrong(found.e)] : parts(found)));
    if (this.number) this.#name();
  }
}

function wrong(text) {
  return element("p", { className: "wrong", textContent: text });
}

function parts(found) {
  const told = element("div", { className: "told" });
  if (found.l) told.append(element("p", { className: "made-up", textContent: found.l }));
  told.append(element("p", { textContent: found.s }));
  told.append(standing(found.g));
  told.append(element("p", { className: "source", textContent: found.q }));
  const link = element("a", { href: found.a, target: "_self", textContent: "Permanent adresse" });
  const line = element("p", { className: "source", textContent: `Dataversion ${found.v}. ` });
  if (found.a) line.append(link);
  told.append(line);
  if (found.d) {
    const drawing = element("img", { src: found.d, alt: found.b, loading: "lazy" });
    return [drawing, told];
  }
  return [told];
}

function standing([state, text, now]) {
  const line = element("p", { className: `standing ${state}` });
  line.append(element("strong", { textContent: `${STATES[state] ?? state}.` }), ` ${text}`);
  if (now) line.append(element("span", { className: "now", textContent: `Nu: ${now}` }));
  return line;
}
