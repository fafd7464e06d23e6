// The samrådsmappe as its reader edits it. The folder lives in the browser (`mappe.js`): fields write
// to it as they are typed in, and the server is told a moment later. Its answer says what each entry
// shows and touches no field, so nothing that is being typed can be lost to it.

import { css as paletteCss } from "./palette.js";
import { css } from "./folder.css.js";
import { Entry } from "./folder_entry.js";
import { Files } from "./folder_files.js";
import { ADDED, button, element, field, later } from "./folder_parts.js";

const SAVED_AFTER = 350; // ms without a key press until the folder is stored
const TOLD_AFTER = 900; // and from then until the server is told
const sheet = new CSSStyleSheet();
sheet.replaceSync(paletteCss + css);
const editors = new WeakMap();

export default function ({ parentElement, data, setStateValue, setTriggerValue }) {
  const store = window.samraadsmappe;
  if (!editors.has(parentElement)) editors.set(parentElement, new Editor(parentElement, store));
  const editor = editors.get(parentElement);
  editor.tell = (folder) => setStateValue("folder", folder);
  editor.ask = (what) => setTriggerValue("make", what);
  editor.files.send = (file) => setTriggerValue("file", file);
  editor.render(data);
  return () => {
    editor.leave();
    editors.delete(parentElement);
  };
}

class Editor {
  #entries = new Map(); // key → Entry
  #contents = new Map(); // key → what the server says that it shows
  #sent = new Map(); // number of a text that was sent → the keys of its entries
  #number = 0;
  #told = null; // the text that the server knows
  #undo = null;

  constructor(root, store) {
    root.adoptedStyleSheets = [sheet];
    this.store = store;
    this.root = root;
    const place = root.querySelector("[data-root]");
    this.save = later(() => this.#store(), SAVED_AFTER);
    this.report = later(() => this.#report(), TOLD_AFTER);
    this.fields = {
      titel: field("titel", "Mappens titel", { most: 200, placeholder: "Fx Samråd om passive i ressourceforløb" }),
      betegnelse: field("betegnelse", "Betegnelse", { most: 200, placeholder: "Fx BEU alm. del, samrådsspørgsmål CI" }),
      spoergsmaal: field("spoergsmaal", "Spørgsmålet", { most: 10_000, lines: 3 }),
      svar: field("svar", "Udkast til svar", { most: 60_000, lines: 8 }),
    };
    for (const [name, { input }] of Object.entries(this.fields)) {
      input.addEventListener("input", () => this.typed(name, input));
      input.addEventListener("change", () => this.flush());
    }
    this.status = element("p", { className: "status", role: "status" });
    this.problems = element("div", { className: "problems" });
    this.files = new Files(this);
    this.emptyButton = button("Tøm mappen", () => this.#empty());
    this.heading = element("h2", { tabIndex: -1 });
    this.list = element("ol", { className: "entries" });
    this.nothing = element("p", { className: "nothing" });
    this.nothing.append(
      "Mappen er tom. Tryk ", element("strong", { textContent: "Læg i mappe" }),
      " ved et kort, en figur, en tabel, en sætning eller en kommuneprofil på atlassets sider, eller åbn en mappe, som en kollega har gemt.",
    );
    this.making = element("section", { className: "making" });
    const tools = element("div", { className: "tools" });
    tools.append(...this.files.buttons, this.emptyButton, this.status);
    const whole = element("div", { className: "figure folder", lang: "da" });
    const words = element("section", { className: "words" });
    words.setAttribute("aria-label", "Spørgsmål og svar");
    words.append(...Object.values(this.fields).map((one) => one.whole), this.#checking());
    whole.append(this.problems, tools, this.files.place, words, this.heading, this.nothing, this.list, this.making);
    place.replaceChildren(whole);
    this.deaf = store.hear(() => this.draw());
    // What leaves a field is stored at once. The server is told in its time: it must not hear of
    // this page after a press on a link to another one, which is a way to leave a field, too.
    this.flush = () => this.save.now();
    addEventListener("pagehide", this.flush);
    document.addEventListener("visibilitychange", this.flush);
    this.draw();
  }

  /** Take the server's answer in: what each entry of a text it was sent shows. */
  render(data) {
    const keys = this.#sent.get(data.n);
    if (keys) {
      keys.forEach((key, at) => data.c[at] && this.#contents.set(key, data.c[at]));
      for (const number of this.#sent.keys()) if (number < data.n) this.#sent.delete(number);
      // Of a folder that is no folder the browser has told already, and what can be done.
      if (this.store.load()) this.#drawProblems(data.p);
      this.#keepFingerprints(keys);
    }
    this.files.take(data.o);
    for (const [key, entry] of this.#entries) entry.show(this.#contents.get(key));
    this.#drawMaking(data.d);
    if (this.#told === null) this.#report();
  }

  leave() {
    this.save.now();
    this.report.never();
    this.deaf();
    removeEventListener("pagehide", this.flush);
    document.removeEventListener("visibilitychange", this.flush);
  }

  /** Draw the folder as it is stored. A field that is being typed in keeps what is in it. */
  draw() {
    const folder = this.store.load();
    if (!folder) {
      this.#drawProblems([this.store.UNREADABLE.replace(" Se siden Samråd.", " Gem den som fil, eller tøm den.")]);
      this.report();
      return;
    }
    for (const [name, { input, set }] of Object.entries(this.fields)) {
      if (!this.#pending.has(input)) set(String(folder[name] ?? ""));
    }
    const keys = keysOf(folder, this.store);
    for (const [key, entry] of this.#entries) {
      if (keys.includes(key)) continue;
      entry.whole.remove();
      this.#entries.delete(key);
    }
    keys.forEach((key, at) => {
      if (!this.#entries.has(key)) {
        const entry = new Entry(this, key);
        this.#entries.set(key, entry);
        entry.show(this.#contents.get(key));
      }
      this.#entries.get(key).place(folder.poster[at], at, keys.length, this.#pending);
    });
    this.#arrange(keys.map((key) => this.#entries.get(key).whole));
    const count = keys.length;
    this.heading.textContent = count ? `Grundlaget (${count})` : "Grundlaget";
    this.nothing.hidden = count > 0;
    const bare = !count && !Object.keys(this.fields).some((name) => folder[name]);
    this.emptyButton.disabled = bare;
    this.files.saveButton.disabled = bare;
    this.#markMaking(this.#busy);
    if (this.store.denied) this.status.textContent = this.store.FORGETS;
    if (this.store.text() !== this.#told) this.report();
  }

  #arrange(wanted) {
    if (wanted.every((one, at) => this.list.children[at] === one) && this.list.children.length === wanted.length) return;
    const focused = this.root.activeElement ?? this.root.getRootNode().activeElement;
    wanted.forEach((one, at) => {
      if (this.list.children[at] !== one) this.list.insertBefore(one, this.list.children[at] ?? null);
    });
    if (focused && this.list.contains(focused)) focused.focus();
  }

  #pending = new Map(); // field → how its text is put into the folder, until it is stored

  /** A field of the folder, or of the entry with a key, was typed in. */
  typed(name, input, key = null) {
    this.#pending.set(input, (folder) => {
      const target = key === null ? folder : folder.poster.find((_, at) => keysOf(folder, this.store)[at] === key);
      if (target) target[name] = input.value;
    });
    this.status.textContent = "Gemmer …";
    this.save();
  }

  #store() {
    if (!this.#pending.size) return;
    const changes = [...this.#pending.values()];
    const problem = this.store.change((folder) => changes.forEach((how) => how(folder)));
    if (!problem) this.#pending.clear();
    this.status.textContent = problem || (this.store.denied ? this.store.FORGETS : "Gemt i denne browser");
    this.status.classList.toggle("wrong", Boolean(problem));
    this.report();
  }

  /** Tell the server of the folder as it is stored. */
  #report() {
    const text = this.store.text() ?? "";
    if (text === this.#told || !this.tell) return;
    this.#told = text;
    this.#number = Math.max(this.#number + 1, Date.now());
    const folder = this.store.load();
    this.#sent.set(this.#number, folder ? keysOf(folder, this.store) : []);
    this.tell({ n: this.#number, t: text });
  }

  /** Remember what the numbers were when an entry was first looked up. */
  #keepFingerprints(keys) {
    const found = new Map(keys.map((key) => [key, this.#contents.get(key)?.k]));
    const lacking = (folder) => keysOf(folder, this.store).flatMap((key, at) =>
      found.get(key) && !folder.poster[at].fingeraftryk ? [[folder.poster[at], found.get(key)]] : []);
    const folder = this.store.load();
    if (!folder || !lacking(folder).length) return;
    this.store.change((now) => lacking(now).forEach(([entry, print]) => (entry.fingeraftryk = print)));
  }

  /** Move an entry one place; the button that was pressed keeps the focus where it can. */
  move(key, by) {
    this.save.now();
    this.store.change(({ poster }) => {
      const at = keysOf({ poster }, this.store).indexOf(key);
      if (at < 0 || !poster[at + by]) return;
      [poster[at], poster[at + by]] = [poster[at + by], poster[at]];
    });
    const entry = this.#entries.get(key);
    entry?.focusMover(by);
    if (entry) this.status.textContent = `Flyttet til plads ${entry.number} af ${this.#entries.size}`;
  }

  remove(key) {
    this.save.now();
    const before = this.store.load();
    const at = keysOf(before, this.store).indexOf(key);
    if (at < 0) return;
    const named = this.#entries.get(key).named;
    this.store.change(({ poster }) => poster.splice(at, 1));
    this.#offerUndo(`Fjernet: ${named}.`, (folder) => folder.poster.splice(at, 0, before.poster[at]), at);
  }

  #empty() {
    this.save.now();
    const before = this.store.load();
    this.store.clear();
    this.#contents.clear();
    if (before) this.#offerUndo("Mappen er tømt.", (folder) => Object.assign(folder, before), 0);
    else this.status.textContent = "Mappen er tømt.";
  }

  /** Put another folder in place of this one, or its entries after this one's; it can be undone. */
  take(folder, add) {
    this.save.now();
    const before = this.store.load() ?? this.store.empty();
    const problem = add
      ? this.store.change((mine) => {
          const known = new Set(mine.poster.map(this.store.keyOf));
          mine.poster.push(...folder.poster.filter((entry) => !known.has(this.store.keyOf(entry))));
          for (const name of Object.keys(this.fields)) mine[name] ||= folder[name];
        })
      : this.store.save(folder);
    if (problem) this.status.textContent = problem;
    else this.#offerUndo(add ? ADDED.added : ADDED.replaced, (mine) => Object.assign(mine, before), 0);
    return problem;
  }

  #offerUndo(text, how, at) {
    this.#undo?.remove();
    const bar = element("div", { className: "undo" });
    bar.setAttribute("role", "status");
    const back = button("Fortryd", () => {
      this.store.change(how);
      bar.remove();
      this.status.textContent = "Fortrudt";
      (this.list.children[at]?.querySelector("button") ?? this.heading).focus();
    });
    bar.append(element("span", { textContent: text }), back);
    this.#undo = bar;
    this.heading.after(bar);
    back.focus();
  }

  /** The documents that can be made. What is asked for is the text as it is at that moment. */
  #drawMaking({ b: documents, l: lead, w: waits }) {
    if (this.making.childElementCount !== 3) {
      const tools = element("div", { className: "tools" });
      tools.append(...documents.map(([what, label]) => button(`Lav ${label}`, ({ currentTarget }) => {
        if (currentTarget.getAttribute("aria-disabled") === "true") return;
        this.save.now();
        this.#markMaking(true);
        this.ask({ w: what, t: this.store.text() ?? "" });
      })));
      this.making.replaceChildren(element("h2", { textContent: "Lav dokumenter" }), element("p", { className: "source", textContent: lead }), tools);
    }
    this.making.hidden = !documents.length;
    this.#busy = waits;
    this.#markMaking(waits);
  }

  /** The way to Påstandstjek with the draft as it is at the press. */
  #checking() {
    return button("Tjek udkastets påstande", () => {
      this.save.now();
      this.ask({ w: "tjek", t: this.store.text() ?? "" });
    });
  }

  #busy = false;
  #markMaking(waits) {
    const bare = this.#entries.size === 0;
    // A button that is pressed keeps the focus, so it is not switched off but does nothing.
    for (const one of this.making.querySelectorAll("button")) {
      one.setAttribute("aria-disabled", String(waits || bare));
    }
  }

  #drawProblems(told) {
    this.problems.replaceChildren(...told.map((text) => {
      const line = element("p", { className: "wrong", textContent: text });
      line.setAttribute("role", "alert");
      return line;
    }));
  }
}

/** The keys of a folder's entries in order; of two that are the same the second has one of its own. */
function keysOf(folder, store) {
  const seen = new Map();
  return folder.poster.map((entry) => {
    const key = store.keyOf(entry && typeof entry === "object" ? entry : { slags: JSON.stringify(entry) });
    const times = seen.get(key) ?? 0;
    seen.set(key, times + 1);
    return times ? `${key}#${times}` : key;
  });
}
