// Says when map, bars and table show a wanted number of areas, on the atlas and on the plain page.
//
// A part counts as redrawn in the frame after the one that first found it right: what the earlier
// frame prepared has been painted by then. WebGL has drawn when MapLibre holds the wanted areas and
// reports its tiles as loaded.
(() => {
  const ours = () => [...document.querySelectorAll("[data-testid=stBidiComponentIsolated]")]
    .map((host) => host.shadowRoot).filter(Boolean);
  const plots = () => [...document.querySelectorAll(".js-plotly-plot")];
  const webgl = (plot) => plot._fullLayout?.map?._subplot?.map;

  const counts = {
    map() {
      for (const root of ours()) {
        const areas = root.querySelectorAll(".area");
        if (areas.length) return root.querySelectorAll(".area:not(.fill-outside)").length;
      }
      const map = plots().map(webgl).find(Boolean);
      if (!map?.loaded() || !map.areTilesLoaded()) return -1;
      const sources = Object.values(map.getStyle().sources);
      return Math.max(-1, ...sources.map(({ data }) => data?.features?.length ?? -1));
    },
    bars() {
      const plot = plots().find((plot) => !plot._fullLayout?.map);
      return plot ? plot.querySelectorAll(".ytick").length : -1;
    },
    table() {
      for (const root of ours()) {
        if (root.querySelector("tbody")) return root.querySelectorAll("tbody tr").length;
      }
      const grid = document.querySelector("[data-testid=stDataFrame] [role=grid]");
      return grid ? Number(grid.getAttribute("aria-rowcount")) - 1 : -1;
    },
  };

  let pressed = 0;
  document.addEventListener("keydown", ({ key, timeStamp }) => {
    if (key === "Enter") pressed = timeStamp;
  }, { capture: true });

  window.benchmark = {
    counts: () => Object.fromEntries(Object.entries(counts).map(([part, count]) => [part, count()])),
    /** Starts watching; `done` then holds the milliseconds from the key press for each part. */
    watch(wanted) {
      const [found, painted] = [new Set(), {}];
      this.done = null;
      const frame = (now) => {
        for (const part of Object.keys(counts)) {
          if (found.has(part)) painted[part] ??= performance.now() - pressed;
          else if (counts[part]() === wanted) found.add(part);
        }
        if (Object.keys(painted).length === 3) this.done = painted;
        else requestAnimationFrame(frame);
      };
      requestAnimationFrame(frame);
    },
  };
})();
