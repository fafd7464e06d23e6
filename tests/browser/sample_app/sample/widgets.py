"""Every input widget once."""

import datetime as dt

import streamlit as st

KOMMUNER = ["Aalborg", "Ærø", "Østerbro", "Åbenrå", "Zealand", "Holbæk"]

st.title("Felter")
st.caption("En lille forklaring under overskriften.")
st.selectbox("Kommune", KOMMUNER, index=None, key="one", help="Vælg en kommune")
st.selectbox("Kommune eller egen tekst", KOMMUNER, index=None, accept_new_options=True)
st.multiselect("Kommuner", KOMMUNER, default=["Ærø"], max_selections=2)
st.text_input("Søg", placeholder="Navn", help="Søg efter et navn")
st.text_input("Adgangskode", type="password")
st.text_area("Bemærkning", max_chars=100)
st.number_input("Antal", min_value=1, max_value=10, value=3)
st.segmented_control("Niveau", ["Kommune", "Jobcenter"], default="Kommune")
st.pills("Region", ["Hovedstaden", "Sjælland"], selection_mode="multi", default=["Sjælland"])
st.radio("Sortering", ["Som offentliggjort", "Efter andel"])
st.checkbox("Vis skjulte")
st.toggle("Vis tabel")
st.slider("Uger", 0, 100, (20, 40))
st.select_slider("Måned", ["januar", "februar", "marts"])
st.date_input("Dato", dt.date(2017, 6, 1))
st.date_input("Periode", (dt.date(2017, 1, 1), dt.date(2017, 6, 1)), key="range")
st.time_input("Tidspunkt", dt.time(8, 30))
st.datetime_input("Tid", dt.datetime(2017, 6, 1, 8, 30))
st.file_uploader("Indlæs fil", type=["csv"])
st.file_uploader("Indlæs flere filer", accept_multiple_files=True, key="many")
st.color_picker("Farve", "#9c1b2c")
st.feedback("stars")
st.button("Genberegn")
st.download_button("Hent CSV", "a;b\n1;2\n", file_name="tal.csv", mime="text/csv")
st.link_button("Kilder", "/figurer")
with st.form("formular"):
    st.text_input("Navn")
    st.text_area("Tekst")
    st.form_submit_button("Send")
with st.expander("Definition"):
    st.write("En definition.")
with st.popover("Mere"):
    st.write("Mere tekst.")
first, second = st.tabs(["Kort", "Tabel"])
first.write("Kort her")
second.write("Tabel her")
st.code("x = 1", language="python")
st.json({"a": [1, 2, {"b": 3}]})
if st.button("Åbn dialog"):

    @st.dialog("Dialog")
    def _dialog() -> None:
        st.write("Indhold")

    _dialog()
if st.button("Vis besked"):
    st.toast("Gemt. " + "En lang besked, som ikke kan være der. " * 12)
if st.button("Regn længe"):
    import time

    with st.spinner("Regner …", show_time=True):
        time.sleep(4)
st.info("Tallene er berigtigede.")
st.error("Noget gik galt.")
st.warning("Pas på.")
st.success("Gemt.")
st.status("Færdig", state="complete")
st.progress(0.4, "Henter")
