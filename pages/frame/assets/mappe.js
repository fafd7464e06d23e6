/*
 * The samrådsmappe: it lives in this browser alone, in localStorage. A button with `data-mappe` puts
 * what it stands by into the folder and takes it out again, without asking the server. Its value is
 * the item as JSON ({slags, parametre, data}), or a kind alone; what several buttons have in common
 * stands around them as `data-mappefaelles`. The page Samråd edits the folder through the same store.
 */
"use strict";

(() => {
  const KEY = "indsatsatlas.mappe";
  const MOST = 100;
  const MOST_BYTES = 200_000;
  const FORGETS =
    "Browseren tillader ikke siden at huske mappen: Den forsvinder, når fanen lukkes. Gem den som fil på siden Samråd.";
  const UNREADABLE = "Samrådsmappen i denne browser kan ikke læses. Se siden Samråd.";
  const hearers = new Set();
  const removed = new Map(); // what was taken out since the page was loaded, with its texts and place
  let memory = null; // the folder where localStorage is denied
  let denied = false;

  const empty = () => ({
    format: "indsatsatlas-samraad", udgave: 1,
    titel: "", betegnelse: "", spoergsmaal: "", svar: "", poster: [],
  });

  /** The text in the store, or null; where the store is denied, that of this page's memory. */
  function text() {
    if (denied) return memory;
    try {
      return localStorage.getItem(KEY);
    } catch {
      denied = true;
      return memory;
    }
  }

  /** The folder, an empty one where there is none, or null where what is stored is no folder. */
  function load() {
    const stored = text();
    if (!stored) return empty();
    try {
      const found = JSON.parse(stored);
      const known = found?.format === "indsatsatlas-samraad" && Array.isArray(found.poster);
      return known ? { ...empty(), ...found } : null;
    } catch {
      return null;
    }
  }

  /** Store a folder; why that cannot be is returned in Danish, '' where it could. */
  function save(folder) {
    if (folder.poster.length > MOST) {
      return `Mappen er fuld: Der er plads til ${MOST}. Fjern noget på siden Samråd.`;
    }
    const written = JSON.stringify(folder);
    if (new TextEncoder().encode(written).length > MOST_BYTES) {
      return `Mappen er fuld: Den må højst fylde ${MOST_BYTES / 1000} kB. Forkort teksterne på siden Samråd.`;
    }
    if (!denied) {
      try {
        localStorage.setItem(KEY, written);
      } catch {
        denied = true;
      }
    }
    memory = written;
    changed();
    return "";
  }

  /** Change the folder as it is now, whichever tab wrote it last; as `save`. */
  function change(how) {
    const folder = load();
    if (!folder) return UNREADABLE;
    how(folder);
    return save(folder);
  }

  function clear() {
    memory = null;
    try {
      localStorage.removeItem(KEY);
    } catch {
      denied = true;
    }
    changed();
  }

  function changed() {
    paint();
    for (const hear of hearers) hear();
  }

  /** What an item is known by: two items that show the same thing have the same key. */
  function keyOf(entry) {
    // What is stored may be anything: an entry that is none is known by all that it is.
    const known = entry && typeof entry === "object";
    const { slags, parametre, data } = known ? entry : { slags: JSON.stringify(entry) };
    const pairs = Object.entries(parametre ?? {}).filter(([, value]) => value !== "");
    return JSON.stringify([slags, pairs.sort(([a], [b]) => (a < b ? -1 : 1)), data]);
  }

  function today() {
    const now = new Date();
    const two = (number) => String(number).padStart(2, "0");
    return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  }

  /** The item that a button stands for. */
  function itemOf(button) {
    const own = button.dataset.mappe;
    const given = own.startsWith("{") ? JSON.parse(own) : { slags: own };
    const around = button.closest("[data-mappefaelles]")?.dataset.mappefaelles;
    const shared = around ? JSON.parse(around) : {};
    const parametre = { ...shared.parametre, ...given.parametre };
    return { slags: given.slags, parametre, data: given.data ?? shared.data };
  }

  function toggle(button) {
    const item = itemOf(button);
    const key = keyOf(item);
    let put = false;
    let count = 0;
    const problem = change((folder) => {
      const at = folder.poster.findIndex((entry) => keyOf(entry) === key);
      put = at < 0;
      if (put) {
        const fresh = { ...item, lagt_i: today(), overskrift: "", kommentar: "", fingeraftryk: "" };
        const before = removed.get(key);
        folder.poster.splice(before?.at ?? folder.poster.length, 0, before?.entry ?? fresh);
      } else {
        removed.set(key, { entry: folder.poster[at], at });
        folder.poster.splice(at, 1);
      }
      count = folder.poster.length;
    });
    if (problem) return say(problem);
    const done = put ? `Lagt i samrådsmappen (${count})` : `Fjernet fra samrådsmappen (${count})`;
    say(denied ? `${done}. ${FORGETS}` : done);
  }

  let shown = "";
  /** Show on every button whether its item is in the folder, and in the menu how many are. */
  function paint() {
    const buttons = document.querySelectorAll("button[data-mappe]");
    const folder = load();
    const keys = new Set(folder?.poster.map(keyOf));
    for (const button of buttons) {
      const inside = keys.has(keyOf(itemOf(button)));
      if (button.getAttribute("aria-pressed") === String(inside)) continue;
      button.setAttribute("aria-pressed", String(inside));
      if (button.hasAttribute("data-hvad")) continue; // it says what it puts in, not what it does
      const told = inside ? "I mappen – fjern" : "Læg i mappe";
      button.textContent = told;
      const name = button.getAttribute("aria-label").replace(/^[^:]*/, told);
      button.setAttribute("aria-label", name);
      if (button.classList.contains("ikon")) button.title = name;
    }
    const link = document.querySelector('[data-testid="stSidebarNav"] a[href$="/samraad"]');
    shown = folder?.poster.length ? ` (${folder.poster.length})` : "";
    if (link && link.dataset.mappeantal !== shown) link.dataset.mappeantal = shown;
  }

  let live = null;
  let hiding = 0;
  function say(message) {
    if (!live) {
      live = document.createElement("div");
      live.className = "mappebesked";
      live.setAttribute("role", "status");
      document.body.append(live);
    }
    live.textContent = "";
    requestAnimationFrame(() => (live.textContent = message));
    clearTimeout(hiding);
    hiding = setTimeout(() => (live.textContent = ""), Math.max(4000, message.length * 70));
  }

  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element && event.target.closest("button[data-mappe]");
    if (button) toggle(button);
  });
  addEventListener("storage", (event) => {
    if (event.key === KEY || event.key === null) changed();
  });

  // What the server draws anew has lost its marks; they are back before the next frame is seen.
  let waiting = false;
  new MutationObserver(() => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      paint();
    });
  }).observe(document.documentElement, {
    childList: true, subtree: true, attributeFilter: ["data-mappe", "data-mappefaelles"],
  });

  window.samraadsmappe = Object.freeze({
    KEY, MOST, FORGETS, UNREADABLE, empty, text, load, save, change, clear, keyOf, say,
    get denied() {
      text();
      return denied;
    },
    hear(what) {
      hearers.add(what);
      return () => hearers.delete(what);
    },
  });
  paint();
})();
