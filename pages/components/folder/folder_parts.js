// Small parts of the folder's editor: elements, buttons, fields that grow, and calls that wait.

export const ADDED = {
  added: "Filens poster er lagt til mappen.",
  replaced: "Mappen er erstattet af den fra filen.",
};

export function element(name, properties = {}) {
  return Object.assign(document.createElement(name), properties);
}

export function button(text, onclick, properties = {}) {
  return element("button", { type: "button", textContent: text, onclick, ...properties });
}

let fields = 0;

/** A labelled field; with `lines` one of several lines that grows with its text. */
export function field(name, label, { most, lines = 0, placeholder = "" }) {
  const id = `felt-${name}-${++fields}`;
  const input = element(lines ? "textarea" : "input", { id, name, maxLength: most, placeholder });
  if (lines) input.rows = lines;
  else input.type = "text";
  input.autocomplete = "off";
  const whole = element("div", { className: `field ${name}` });
  // Paper shows all of a text, which a field that scrolls does not.
  const printed = element("p", { className: "printed" });
  whole.append(element("label", { htmlFor: id, textContent: label }), input, printed);
  const set = (text) => {
    if (input.value !== text) input.value = text;
    if (printed.textContent !== text) printed.textContent = text;
    whole.classList.toggle("unwritten", !text);
  };
  input.addEventListener("input", () => {
    printed.textContent = input.value;
    whole.classList.toggle("unwritten", !input.value);
  });
  set("");
  return { whole, input, set };
}

/** A function that does `what` when it has not been called for a while; `now` does it at once,
 * `never` not at all. */
export function later(what, milliseconds) {
  let timer = 0;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(what, milliseconds);
  };
  wait.now = () => {
    clearTimeout(timer);
    what();
  };
  wait.never = () => clearTimeout(timer);
  return wait;
}
