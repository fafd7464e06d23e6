const newest = new WeakMap(); // where a component stands → the newest call for it

export default async (component) => {
  const { parentElement } = component;
  const call = {};
  newest.set(parentElement, call);
  try {
    const module = await import(new URL("{{module}}", document.baseURI).href);
    // Streamlit calls again when data changes while the module is on its way, and then takes the
    // older call back: what that call's own leaving would take down is the newer one's.
    if (newest.get(parentElement) !== call) return undefined;
    const leave = module.default(component);
    return () => newest.get(parentElement) === call && leave?.();
  } catch (error) {
    parentElement.querySelector("[data-root]").textContent =
      "Figuren kunne ikke hentes. Genindlæs siden.";
    throw error;
  }
};
