// Scroll to a message that has come, and let the keyboard and a screen reader go on from there.

const SEEN = "indsatsatlas.besked";

export default function ({ data }) {
  if (sessionStorage.getItem(SEEN) === data.b) return;
  const until = performance.now() + 5000;
  const look = () => {
    const there = document.querySelector(`[data-besked="${CSS.escape(data.b)}"]`);
    if (!there) return void (performance.now() < until && requestAnimationFrame(look));
    sessionStorage.setItem(SEEN, data.b);
    if (document.activeElement?.matches("input:not([type=radio], [type=checkbox]), textarea")) return;
    there.tabIndex = -1;
    there.focus({ preventScroll: true });
    there.scrollIntoView({ block: "start" });
  };
  requestAnimationFrame(look);
}
