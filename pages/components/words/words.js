// Explains the marked words of a page: one box, opened by a click, Enter, a touch or by pointing.
// Screen readers read the same text as the description of the word; on paper it stands at the end.

import { words } from "./glossary.js";

const POINTING = 350;
const GONE = 250;
const box = element("div", { id: "ordforklaring", className: "ordforklaring", popover: "auto" });
const texts = element("div", { hidden: true });
const footnotes = element("section", { className: "ordfodnoter" });
let shownFor = null;
let pointedAt = false;
let timer = 0;

function element(name, properties) {
  return Object.assign(document.createElement(name), properties);
}

function explanation(slug) {
  const [word, text] = words[slug];
  const part = element("p", {});
  part.append(element("strong", { textContent: `${word}: ` }), text);
  return part;
}

function wordAt(event) {
  const word = event.target instanceof Element ? event.target.closest(".ord[data-ord]") : null;
  return word && words[word.dataset.ord] ? word : null;
}

// What was opened by pointing closes when the pointer leaves; what was asked for stays.
function show(word, byPointing = false) {
  clearTimeout(timer);
  const open = box.matches(":popover-open");
  if (open && shownFor === word) return;
  pointedAt = byPointing;
  if (open) box.hidePopover();
  closed();
  box.replaceChildren(explanation(word.dataset.ord));
  word.style.anchorName = box.style.positionAnchor = "--ordet";
  word.setAttribute("aria-expanded", "true");
  shownFor = word;
  box.showPopover();
}

function closed() {
  shownFor?.removeAttribute("aria-expanded");
  if (shownFor) shownFor.style.anchorName = "";
  shownFor = null;
}

function later(what, milliseconds) {
  clearTimeout(timer);
  timer = setTimeout(what, milliseconds);
}

function writeFootnotes() {
  const found = new Set([...document.querySelectorAll(".ord[data-ord]")].map((w) => w.dataset.ord));
  footnotes.replaceChildren(...[...found].filter((slug) => words[slug]).map(explanation));
}

texts.append(
  ...Object.entries(words).map(([slug, [, text]]) =>
    element("span", { id: `ord-tekst-${slug}`, textContent: text }),
  ),
);
document.body.append(texts, box, footnotes);

// An open box closes by itself at a press outside it. A press on its own word is such a one too, and
// the click that follows must not open it again, unless it only stood there because of pointing.
let pressedOnOwn = false;
let wasPointedAt = false;
document.addEventListener(
  "pointerdown",
  (event) => {
    pressedOnOwn = shownFor !== null && wordAt(event) === shownFor;
    wasPointedAt = pointedAt;
  },
  true,
);
document.addEventListener("click", (event) => {
  const word = wordAt(event);
  if (!word) return;
  const close = pressedOnOwn && !wasPointedAt;
  pressedOnOwn = false;
  if (!close) show(word);
  else if (box.matches(":popover-open")) box.hidePopover();
});
document.addEventListener("pointerover", (event) => {
  if (event.pointerType !== "mouse") return;
  const word = wordAt(event);
  if (word) later(() => show(word, true), POINTING);
  else if (box.contains(event.target)) clearTimeout(timer);
  else if (shownFor && pointedAt) later(() => box.hidePopover(), GONE);
  else clearTimeout(timer);
});
box.addEventListener("toggle", (event) => {
  if (event.newState === "closed") closed();
});
addEventListener("beforeprint", writeFootnotes);
matchMedia("print").addEventListener("change", writeFootnotes);
