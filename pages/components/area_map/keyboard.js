// Where a key press leads: to a neighbour in a direction, through the alphabet, or to a typed name.

const DIRECTIONS = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
const TYPING_PAUSE_MS = 800;

/**
 * The area an arrow key leads to, or null at the edge of the map.
 *
 * Of all areas in the direction the nearest wins, where distance counts more the further it lies
 * off the direction, and double when the two areas do not touch.
 */
export function inDirection(key, from, areas) {
  const [dx, dy] = DIRECTIONS[key];
  let best = null;
  let least = Infinity;
  for (const area of areas) {
    if (area === from) continue;
    const [x, y] = [area.place[0] - from.place[0], area.place[1] - from.place[1]];
    const distance = Math.hypot(x, y);
    const towards = (x * dx + y * dy) / (distance || 1);
    if (towards < 0.3) continue;
    const cost = (distance / towards ** 2) * (from.neighbours.includes(area.id) ? 1 : 2);
    if (cost < least) [best, least] = [area, cost];
  }
  return best;
}

/** The area a key leads to among `areas` (in alphabetical order), or null. */
export function destination(key, from, areas) {
  const at = areas.indexOf(from);
  if (key in DIRECTIONS) return inDirection(key, from, areas);
  if (key === "Home") return areas[0];
  if (key === "End") return areas[areas.length - 1];
  if (key === "PageDown") return areas[Math.min(at + 1, areas.length - 1)];
  if (key === "PageUp") return areas[Math.max(at - 1, 0)];
  return null;
}

/** Without capitals, and with a space for a hyphen: 'Høje-Taastrup' is found by 'høje t'. */
function simple(name) {
  return name.toLocaleLowerCase("da").replaceAll("-", " ");
}

/** Finds areas by the first letters of their name, typed without long pauses. */
export class TypeAhead {
  #typed = "";
  #last = 0;

  /** Whether a letter has just been typed, so that a space belongs to the name. */
  get active() {
    return this.#typed !== "" && Date.now() - this.#last < TYPING_PAUSE_MS;
  }

  find(letter, from, areas) {
    this.#typed = (this.active ? this.#typed : "") + simple(letter);
    this.#last = Date.now();
    const repeated = [...this.#typed].every((character) => character === this.#typed[0]);
    const sought = repeated ? this.#typed[0] : this.#typed;
    const start = areas.indexOf(from) + (repeated ? 1 : 0);
    const turned = [...areas.slice(start), ...areas.slice(0, start)];
    return turned.find((area) => simple(area.name).startsWith(sought)) || null;
  }
}
