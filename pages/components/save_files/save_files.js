// Buttons that save a file. The content came with the page and becomes a file only here: it has an
// address inside this browser alone, which is given up when the buttons go.

import { css as paletteCss } from "./palette.js";
import { css } from "./save_files.css.js";

const sheet = new CSSStyleSheet();
sheet.replaceSync(paletteCss + css);

export default function ({ parentElement, data }) {
  parentElement.adoptedStyleSheets = [sheet];
  const list = document.createElement("ul");
  list.className = "figure files";
  list.setAttribute("aria-label", data.t);
  const addresses = [];
  for (const [label, name, type, content] of data.f) {
    const bytes = Uint8Array.from(atob(content), (char) => char.charCodeAt(0));
    const address = URL.createObjectURL(new Blob([bytes], { type }));
    addresses.push(address);
    const link = Object.assign(document.createElement("a"), {
      href: address,
      download: name,
      textContent: label,
    });
    const item = document.createElement("li");
    item.append(link);
    list.append(item);
  }
  parentElement.querySelector("[data-root]").replaceChildren(list);
  return () => addresses.forEach((address) => URL.revokeObjectURL(address));
}
