// The key beneath the map: the classes in order, then the statuses that occur.

import { labels } from "./palette.js";
import { setFill, svgElement } from "./drawing.js";

export function drawLegend(parent, { t: heading, c: classes, s: statuses, n: note }, scale) {
  const title = document.createElement("p");
  title.className = "legend-title";
  title.textContent = heading;
  if (note) {
    const how = title.appendChild(document.createElement("span"));
    how.className = "how";
    how.textContent = ` ${note}`;
  }
  parent.replaceChildren(
    title,
    list("legend-classes", classes.map((label, index) => [`${scale}${index}`, label])),
    ...(statuses.length ? [list("legend-statuses", statuses.map((s) => [s, labels[s]]))] : []),
  );
}

function list(name, entries) {
  const items = document.createElement("ul");
  items.className = name;
  for (const [fill, label] of entries) {
    const item = items.appendChild(document.createElement("li"));
    const swatch = svgElement("svg", { class: "swatch", "aria-hidden": "true" }, item);
    setFill(svgElement("rect", { width: "100%", height: "100%" }, swatch), fill, "key");
    item.append(label);
  }
  return items;
}
