// The row beneath the map: a slider over the months, and a button that plays them.

const STEP_MS = 450;
const SETTLED_MS = 350; // a key held down is one journey, not one question to the server per month

export class Player {
  #timer = 0;
  #settling = 0;

  /** `show(month)` paints a month; `settle(month)` is called when the reader has come to rest. */
  constructor(parent, { show, settle }) {
    Object.assign(this, { show, settle });
    this.element = parent;
    parent.innerHTML = `
      <button type="button" class="play"></button>
      <input type="range" min="0" step="1" aria-label="Måned på kortet">
      <output aria-hidden="true"></output>
      <p class="told" role="status"></p>`;
    [this.button, this.slider, this.output, this.note] = parent.children;
    this.still = matchMedia("(prefers-reduced-motion: reduce)");
    this.slider.oninput = () => {
      this.#stop();
      this.#go(this.slider.valueAsNumber);
    };
    this.slider.onchange = () => this.#settleSoon();
    this.slider.onkeydown = (event) => event.stopPropagation(); // Streamlit listens for letters
    this.button.onkeydown = (event) => event.stopPropagation();
    this.button.onclick = () => this.#press();
    this.#label();
  }

  /** Whether the reader is on the way, so that the server's older answer must not be shown. */
  get moving() {
    return this.#timer !== 0 || this.#settling !== 0;
  }

  get month() {
    return this.slider.valueAsNumber;
  }

  /** Says which months there are, and where the page is; a journey goes on where it is. */
  set(months, month) {
    this.months = months;
    this.slider.max = months.size - 1;
    if (!this.moving) this.slider.value = month;
    this.#say();
  }

  tell(note) {
    if (this.note.textContent !== note) this.note.textContent = note;
  }

  destroy() {
    clearTimeout(this.#settling);
    clearInterval(this.#timer);
    this.#settling = this.#timer = 0;
  }

  #press() {
    if (this.still.matches) {
      this.#go((this.month + 1) % this.months.size);
      this.#settleSoon();
    } else if (this.#timer) {
      this.#stop();
      this.#settleSoon();
    } else {
      if (this.month === this.months.size - 1) this.#go(0);
      this.#timer = setInterval(() => this.#tick(), STEP_MS);
      this.#label();
    }
  }

  #tick() {
    this.#go(this.month + 1);
    if (this.month < this.months.size - 1) return;
    this.#stop();
    this.#settleSoon();
  }

  #stop() {
    clearInterval(this.#timer);
    this.#timer = 0;
    this.#label();
  }

  #go(month) {
    this.slider.value = month;
    this.#say();
    this.show(month);
    if (this.#settling) this.#settleSoon();
  }

  #settleSoon() {
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => {
      this.#settling = 0;
      this.settle(this.month);
    }, SETTLED_MS);
  }

  #say() {
    const words = this.months.words[this.month];
    this.output.textContent = words;
    this.slider.setAttribute("aria-valuetext", words.replace(" (", ", ").replace(")", ""));
  }

  #label() {
    const name = this.still.matches ? "Næste måned" : this.#timer ? "Stop" : "Afspil";
    this.button.textContent = name;
    this.button.setAttribute("aria-label", this.still.matches ? name : `${name} månederne`);
  }
}
