export default async (component) => {
  try {
    const module = await import(new URL("{{module}}", document.baseURI).href);
    return module.default(component);
  } catch (error) {
    component.parentElement.querySelector("[data-root]").textContent =
      "Figuren kunne ikke hentes. Genindlæs siden.";
    throw error;
  }
};
