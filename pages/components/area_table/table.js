// The table of areas: the same numbers as the map, for reading, sorting and choosing.
//
// A plain table with header cells, so that screen readers read it as one. The name of each row is a
// button that chooses it; of these buttons one is a tab stop and arrow keys move between them, or
// 98 rows would stand between a keyboard user and the rest of the page.

import { css as paletteCss } from "./palette.js";
import { css } from "./table.css.js";

const HELP = "Pil op og pil ned flytter mellem rækkerne, Enter vælger.";
const alphabet = new Intl.Collator("da", { numeric: true });
const sheet = new CSSStyleSheet();
sheet.replaceSync(paletteCss + css);
const tables = new WeakMap();

export default function ({ parentElement, data, setTriggerValue }) {
  if (!tables.has(parentElement)) tables.set(parentElement, new AreaTable(parentElement));
  const table = tables.get(parentElement);
  table.onSelect = (id) => setTriggerValue("select", id);
  table.render(data);
  return () => tables.delete(parentElement);
}

/** The first number of a Danish text ('ca. 2.790', '20,7 pct.'), or null when it holds none. */
export function number(text) {
  const found = text.match(/[-−]?\d[\d.]*(?:,\d+)?/);
  if (!found) return null;
  return Number(found[0].replace("−", "-").replaceAll(".", "").replace(",", "."));
}

/** Rows by one column; texts without a number stand last in a column of numbers, either way up. */
export function sorted(rows, column, numeric, descending) {
  const turn = descending ? -1 : 1;
  const compare = (a, b) => {
    const [x, y] = [a.cells[column], b.cells[column]];
    if (!numeric) return turn * alphabet.compare(x, y);
    const [m, n] = [number(x), number(y)];
    if (m === null || n === null) return (m === null) - (n === null);
    return turn * (m - n);
  };
  return [...rows].sort(compare);
}

class AreaTable {
  #rows = new Map(); // area id → the row's element and what it shows
  #order = [];
  #sort = null;
  #given = { columns: null, sort: null, selected: undefined };
  #current = null;

  constructor(root) {
    root.adoptedStyleSheets = [sheet];
    const place = root.querySelector("[data-root]");
    place.innerHTML = `
      <div class="figure table" lang="da">
        <div class="scroll" role="region" tabindex="0">
          <table>
            <caption><span class="caption"></span><span class="hidden"> ${HELP}</span></caption>
            <thead><tr></tr></thead>
            <tbody></tbody>
          </table>
        </div>
        <details class="notes"><summary>Om kolonnerne</summary><dl></dl></details>
      </div>`;
    const find = (selector) => place.querySelector(selector);
    this.scroll = find(".scroll");
    this.caption = find(".caption");
    this.head = find("thead tr");
    this.body = find("tbody");
    this.notes = find(".notes");
    this.body.onclick = (event) => this.#onClick(event);
    this.body.onkeydown = (event) => this.#onKey(event);
    this.body.addEventListener("focusin", (event) => {
      this.#setCurrent(event.target.closest("tr")?.dataset.id);
    });
  }

  render(data) {
    this.columns = data.c.map(([label, align, help]) => ({ label, numeric: align === "r", help }));
    this.caption.textContent = data.t;
    this.scroll.setAttribute("aria-label", data.t);
    const columns = JSON.stringify(data.c);
    if (columns !== this.#given.columns) this.#drawHead();
    const sort = JSON.stringify(data.o);
    if (sort !== this.#given.sort || columns !== this.#given.columns) {
      this.#sort = data.o && { column: data.o[0], descending: data.o[1] };
    }
    this.#drawRows(data);
    this.#arrange();
    this.#setSelected(data.s, data.s !== this.#given.selected);
    this.#given = { columns, sort, selected: data.s };
  }

  #drawHead() {
    this.body.replaceChildren();
    this.#rows.clear();
    this.head.replaceChildren(...this.columns.map(({ label, numeric }, column) => {
      const cell = document.createElement("th");
      cell.scope = "col";
      cell.className = numeric ? "number" : "";
      const button = cell.appendChild(document.createElement("button"));
      button.type = "button";
      button.textContent = label;
      const arrow = button.appendChild(document.createElement("span"));
      arrow.className = "arrow";
      arrow.setAttribute("aria-hidden", "true");
      button.onclick = () => this.#sortBy(column);
      return cell;
    }));
    const helped = this.columns.filter(({ help }) => help);
    this.notes.hidden = helped.length === 0;
    this.notes.querySelector("dl").replaceChildren(...helped.flatMap(({ label, help }) => {
      const [term, text] = ["dt", "dd"].map((name) => document.createElement(name));
      [term.textContent, text.textContent] = [label, help];
      return [term, text];
    }));
  }

  #drawRows({ i, r, f }) {
    const ids = i.split(" ").filter(Boolean);
    const columns = r.map((column) => column.split("|"));
    for (const id of this.#rows.keys()) {
      if (!ids.includes(id)) {
        this.#rows.get(id).element.remove();
        this.#rows.delete(id);
      }
    }
    // On paper a long table stands in columns: as many as its own columns leave room for.
    const room = columns.length < 5 ? 3 : columns.length < 7 ? 2 : 1;
    this.scroll.style.setProperty("--paper-columns", ids.length > 40 ? room : 1);
    this.#order = ids.map((id, at) => {
      const row = this.#rows.get(id) || this.#newRow(id);
      columns.forEach((column, c) => {
        if (row.cells[c] === column[at]) return;
        row.cells[c] = column[at];
        row.places[c].textContent = column[at];
        row.places[c].parentElement.classList.toggle(
          "absent", this.columns[c].numeric && number(column[at]) === null);
      });
      row.element.dataset.status = { s: "suppressed", l: "left_out", n: "not_collected" }[f[at]] || "shown";
      return row;
    });
  }

  #newRow(id) {
    const element = document.createElement("tr");
    element.dataset.id = id;
    const places = this.columns.map(({ numeric }, column) => {
      const cell = element.appendChild(document.createElement(column === 0 ? "th" : "td"));
      cell.className = numeric ? "number" : "";
      if (column > 0) return cell.appendChild(document.createElement("span"));
      cell.scope = "row";
      const button = cell.appendChild(document.createElement("button"));
      Object.assign(button, { type: "button", tabIndex: -1 });
      return button;
    });
    const row = { id, element, places, cells: [] };
    this.#rows.set(id, row);
    return row;
  }

  #arrange() {
    const sort = this.#sort;
    const rows = sort
      ? sorted(this.#order, sort.column, this.columns[sort.column].numeric, sort.descending)
      : this.#order;
    [...this.head.children].forEach((cell, column) => {
      const direction = sort?.descending ? "descending" : "ascending";
      if (sort?.column === column) cell.setAttribute("aria-sort", direction);
      else cell.removeAttribute("aria-sort");
    });
    const present = [...this.body.children];
    if (rows.length === present.length && rows.every((row, at) => row.element === present[at])) return;
    const focused = this.body.getRootNode().activeElement;
    this.body.replaceChildren(...rows.map((row) => row.element));
    if (focused && this.body.contains(focused)) focused.focus({ preventScroll: true });
  }

  #sortBy(column) {
    const again = this.#sort?.column === column;
    // Numbers are most asked for from the top, names from A.
    this.#sort = {
      column, descending: again ? !this.#sort.descending : this.columns[column].numeric,
    };
    this.#arrange();
  }

  #setSelected(id, reveal) {
    for (const row of this.#rows.values()) {
      const chosen = row.id === id;
      row.element.classList.toggle("selected", chosen);
      row.places[0].setAttribute("aria-pressed", String(chosen));
    }
    const row = this.#rows.get(id);
    if (row && reveal) this.#reveal(row.element);
    if (row || !this.#rows.has(this.#current)) {
      this.#setCurrent(row ? id : this.body.firstElementChild?.dataset.id);
    }
  }

  /** Scrolls within the table only: the page stays where the reader is. */
  #reveal(element) {
    const head = this.head.offsetHeight;
    const [top, bottom] = [element.offsetTop, element.offsetTop + element.offsetHeight];
    const { scrollTop, clientHeight } = this.scroll;
    if (top - head >= scrollTop && bottom <= scrollTop + clientHeight) return;
    this.scroll.scrollTop = top - (clientHeight + head - element.offsetHeight) / 2;
  }

  #setCurrent(id) {
    if (!id) return;
    const button = (key) => this.#rows.get(key)?.places[0];
    if (button(this.#current)) button(this.#current).tabIndex = -1;
    this.#current = id;
    if (button(id)) button(id).tabIndex = 0;
  }

  /** Whether text of this table is marked; text in a search field elsewhere does not count. */
  #marks() {
    const root = this.body.getRootNode();
    const selection = root.getSelection ? root.getSelection() : getSelection();
    return Boolean(selection?.toString()) && this.body.contains(selection.anchorNode);
  }

  #onClick(event) {
    const row = event.target.closest("tr");
    if (!row || this.#marks()) return; // marking text to copy it is not a choice
    const { id } = row.dataset;
    this.#setCurrent(id);
    this.#setSelected(id, false);
    this.onSelect(id);
  }

  #onKey(event) {
    const row = event.target.closest("tr");
    const rows = this.body.children;
    const goal = {
      ArrowDown: row.nextElementSibling, ArrowUp: row.previousElementSibling,
      Home: rows[0], End: rows[rows.length - 1],
    };
    if (!(event.key in goal) || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    goal[event.key]?.querySelector("button").focus({ preventScroll: true });
    if (goal[event.key]) this.#reveal(goal[event.key]);
  }
}
