// Moving the map through the months without the server: one file holds every month's values.

const files = new Map();

/** Fetched once per address and page load; see `pages/exports/map_months.py` for the format. */
export function loadMonths(address) {
  if (!files.has(address)) {
    const loading = fetch(address).then(async (response) => {
      if (!response.ok) throw new Error(`${address}: ${response.status}`);
      return new Months(await response.json());
    });
    loading.catch(() => files.delete(address)); // so that a later render may try again
    files.set(address, loading);
  }
  return files.get(address);
}

class Months {
  #columns = new Map(); // per row: the month's look and text, made when first asked for

  constructor(file) {
    this.file = file;
    this.periods = file.p;
    this.words = file.w;
    this.ids = file.i.split(" ");
    this.percent = new Intl.NumberFormat("da-DK", {
      minimumFractionDigits: file.e, maximumFractionDigits: file.e,
    });
    this.whole = new Intl.NumberFormat("da-DK");
  }

  get size() {
    return this.periods.length;
  }

  kind(month) {
    return this.file.k[month];
  }

  /** Whether any number of the month is made up. */
  synthetic(month) {
    return "sm".includes(this.kind(month));
  }

  /** Yields [area id, fill, text] of the areas that have a cell in a month. */
  *cells(month, breaks) {
    for (const [at, id] of this.ids.entries()) {
      const cell = this.#row(this.file.r[at])[month];
      if (cell) yield [id, cell.look ?? classOf(cell.share, breaks), cell.text];
    }
  }

  #row(row) {
    if (!this.#columns.has(row)) this.#columns.set(row, this.#read(row));
    return this.#columns.get(row);
  }

  #read(row) {
    const [shares, counts, bases] = ["s", "n", "d"].map((name) => this.file[name][row].split(","));
    let [count, base] = [0, 0];
    return shares.map((share, month) => {
      if (!share) return null;
      const [look, place] = share.split(":");
      if (place !== undefined) {
        const text = this.file.x[place];
        return look[0] === "=" ? { share: Number(look.slice(1)), text } : { look, text };
      }
      count += Number(counts[month]);
      base += Number(bases[month]);
      const said = `${this.percent.format(share)}\u00a0pct. (${this.whole.format(count)} af ${
        this.whole.format(base)})`;
      return { share: Number(share), text: said };
    });
  }
}

function classOf(share, breaks) {
  return String(breaks.filter((one) => one <= share).length);
}
