"""Navigation of the sample application."""

from pathlib import Path

import streamlit as st

HERE = Path(__file__).parent
page = st.navigation(
    [
        st.Page(HERE / "widgets.py", title="Felter", url_path="felter", default=True),
        st.Page(HERE / "charts.py", title="Figurer", url_path="figurer"),
        st.Page(HERE / "failing.py", title="Fejl", url_path="fejl"),
    ]
)
st.set_page_config(page_title=f"{page.title} – Indsatsatlas", layout="wide")
page.run()
