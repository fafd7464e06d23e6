// The geometry: fetched once per address and page load, and where each area lies.

const assets = new Map();

export function loadAsset(address) {
  if (!assets.has(address)) {
    const loading = fetch(address, { cache: "force-cache" }).then((response) => {
      if (!response.ok) throw new Error(`${address}: ${response.status}`);
      return response.json();
    });
    loading.catch(() => assets.delete(address)); // so that a later render may try again
    assets.set(address, loading);
  }
  return assets.get(address);
}

/** The same areas as hexagons of the equal-area map, where each has the same room. */
export function asTiles({ tiles, levels }) {
  const tiled = (area) => {
    const [x, y] = area.tile;
    return { ...area, d: `M${x} ${y - tiles.side}${tiles.hexagon}`, label: area.tile };
  };
  const entries = Object.entries(levels).map(([level, areas]) => [level, areas.map(tiled)]);
  return { view_box: tiles.view_box, frames: [], levels: Object.fromEntries(entries), tiled: true };
}

/**
 * Where an area lies among the others, in SVG units, for arrow keys.
 *
 * An area enlarged in an inset is drawn twice; its small copy stands at its true place, and
 * directions between an inset and the rest are only right when measured there.
 */
export function truePlace(area, frames) {
  const framed = ([x, y]) =>
    frames.some(({ rect: [left, top, width, height] }) =>
      x >= left && x <= left + width && y >= top && y <= top + height);
  if (!framed(area.label)) return area.label;
  const copies = subpathBoxes(area.d)
    .map(([left, top, right, bottom]) => ({
      size: (right - left) * (bottom - top),
      middle: [(left + right) / 2, (top + bottom) / 2],
    }))
    .filter(({ middle }) => !framed(middle))
    .sort((a, b) => b.size - a.size);
  return copies.length ? copies[0].middle : area.label;
}

/** The middle of the upper edge of the part of an area that holds its label. */
export function topOf(area) {
  const [x, y] = area.label;
  const holds = ([left, top, right, bottom]) => left <= x && x <= right && top <= y && y <= bottom;
  const tops = subpathBoxes(area.d).filter(holds).map(([, top]) => top);
  return [x, Math.min(y, ...tops)];
}

/** Bounding boxes of the subpaths of straight lines (M, L, H, V, Z and their relative forms). */
export function subpathBoxes(d) {
  const boxes = [];
  let [x, y, startX, startY] = [0, 0, 0, 0];
  let box = null;
  for (const [, command, text] of d.matchAll(/([MmLlHhVvZz])([^MmLlHhVvZz]*)/g)) {
    const numbers = (text.match(/-?\d*\.?\d+/g) || []).map(Number);
    const relative = command === command.toLowerCase();
    const kind = command.toLowerCase();
    if (kind === "z") [x, y] = [startX, startY];
    const width = kind === "h" || kind === "v" ? 1 : 2;
    for (let i = 0; i + width <= numbers.length; i += width) {
      const nextX = kind === "v" ? x : numbers[i] + (relative ? x : 0);
      const nextY = kind === "h" ? y : numbers[i + width - 1] + (relative ? y : 0);
      [x, y] = [nextX, nextY];
      if (kind === "m" && i === 0) {
        [startX, startY] = [x, y];
        box = [x, y, x, y];
        boxes.push(box);
      }
      box[0] = Math.min(box[0], x);
      box[1] = Math.min(box[1], y);
      box[2] = Math.max(box[2], x);
      box[3] = Math.max(box[3], y);
    }
  }
  return boxes;
}
