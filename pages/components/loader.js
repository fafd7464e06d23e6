const newest = new WeakMap();
export default async (component) => {
  const place = component.parentElement, call = {};
  newest.set(place, call);
  try {
    const module = await import(new URL("{{module}}", document.baseURI).href);
    const leave = newest.get(place) === call && module.default(component);
    return () => newest.get(place) === call && leave && leave();
  } catch (error) {
    place.querySelector("[data-root]").textContent = "Figuren kunne ikke hentes. Genindlæs siden.";
    throw error;
  }
};
