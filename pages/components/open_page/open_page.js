// Go to another page as Back and Forward do, which Streamlit answers without loading anything anew.

export default function ({ data }) {
  const there = new URL(data.a, document.baseURI);
  if (there.origin !== location.origin) return;
  history.pushState(null, "", there);
  dispatchEvent(new PopStateEvent("popstate"));
}
