// The folder as a file: saved from the browser, and opened again when the server has judged it.

import { button, element } from "./folder_parts.js";

const MOST_BYTES = 200_000;

export class Files {
  #handled = null;
  #waiting = null;

  constructor(editor) {
    this.editor = editor;
    this.saveButton = button("Gem som fil", () => this.#save());
    this.openButton = button("Åbn fil …", () => this.input.click());
    this.input = element("input", { type: "file", accept: ".json", hidden: true, onchange: () => this.#open() });
    this.buttons = [this.saveButton, this.openButton, this.input];
    this.place = element("div", { className: "opened" });
    this.place.setAttribute("role", "status");
  }

  #save() {
    this.editor.save.now();
    const address = URL.createObjectURL(
      new Blob([this.editor.store.text() ?? ""], { type: "application/json" }));
    const { titel, betegnelse } = this.editor.store.load() ?? {};
    element("a", { href: address, download: nameOf(titel || betegnelse || "") }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
    this.editor.status.textContent = "Mappen er gemt som fil.";
  }

  async #open() {
    const [file] = this.input.files;
    this.input.value = "";
    if (!file) return;
    if (file.size > MOST_BYTES) {
      this.#tell(`Filen fylder ${Math.ceil(file.size / 1000)} kB, men en mappe fylder højst ${MOST_BYTES / 1000} kB. Vælg en fil, der ender på .samraad.json.`, true);
      return;
    }
    const id = String(Date.now());
    this.#waiting = id;
    this.#tell("Filen læses …");
    this.send({ id, t: await file.text() });
  }

  /** Take what the server says of the file: a problem, or the folder in it. */
  take(opened) {
    if (!opened || opened.id !== this.#waiting || this.#handled === opened.id) return;
    this.#handled = opened.id;
    if (opened.e) {
      this.#tell(opened.e, true);
      return;
    }
    const mine = this.editor.store.load();
    const bare = !mine || !(mine.poster.length || mine.titel || mine.betegnelse || mine.spoergsmaal || mine.svar);
    if (bare) this.#done(opened.m, false);
    else this.#ask(opened.m);
  }

  #ask(folder) {
    const count = folder.poster.length;
    const what = folder.titel ? `»${folder.titel}«` : "Filens mappe";
    this.#tell(`${what} har ${count} ${count === 1 ? "post" : "poster"}. Du har allerede en mappe her.`);
    const choices = element("div", { className: "tools" });
    const replace = button("Erstat min mappe", () => this.#done(folder, false));
    choices.append(
      replace,
      button("Læg til min mappe", () => this.#done(folder, true)),
      button("Behold min, som den er", () => this.#close()),
    );
    this.place.append(choices);
    replace.focus();
  }

  #done(folder, add) {
    const problem = this.editor.take(folder, add);
    if (problem) this.#tell(problem, true);
    else this.place.replaceChildren();
  }

  #close() {
    this.place.replaceChildren();
    this.openButton.focus();
  }

  #tell(text, isWrong = false) {
    this.place.replaceChildren(element("p", { className: isWrong ? "wrong" : "", textContent: text }));
  }
}

/** What the folder is called as a file: its title in plain letters. */
function nameOf(title) {
  const spelt = title.toLowerCase().replaceAll("æ", "ae").replaceAll("ø", "oe").replaceAll("å", "aa");
  const plain = spelt.normalize("NFKD").replace(/[\u0300-\u036f]/g, "");
  const slug = (plain.match(/[a-z]+|[0-9]+/g) ?? []).join("-").slice(0, 60).replace(/-$/, "");
  return `samraad_${slug || "mappe"}.samraad.json`;
}
