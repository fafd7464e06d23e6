"""Tables, figures and a component."""

import plotly.graph_objects as go
import polars as pl
import streamlit as st

from pages.frame.plotly_danish import PLOTLY_CONFIG

st.title("Figurer")
frame = pl.DataFrame(
    {
        "kommune": ["Holbæk", "Ærø", "Åbenrå", "Aalborg"],
        "andel": [52.0, 17.5, None, 1234.5],
        "måned": [None, "juni", "maj", "april"],
    }
)
st.metric("I alt", "2.790", "21 pct.")
st.dataframe(frame, key="table", on_select="rerun", selection_mode="multi-row")
st.table(frame)
figure = go.Figure(
    go.Bar(x=["2017-01-01", "2017-02-01", "2017-05-01"], y=[1234.5, 2345.5, 99.5]),
    layout={"height": 300, "title": {"text": "Andel"}, "separators": ",."},
)
st.plotly_chart(figure, config=PLOTLY_CONFIG, key="bars", on_select="rerun", alt="Søjler")
st.dataframe(pl.DataFrame({"tom": []}), key="empty")
component = st.components.v2.component(
    "sample",
    html="<p class='v2'>venter</p>",
    css=".v2 { color: inherit }",
    js="export default ({parentElement, data}) => {"
    " parentElement.querySelector('.v2').textContent = data.tekst }",
)
component(data={"tekst": "tegnet"}, key="v2")
