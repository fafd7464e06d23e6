"""A page that fails, in both ways."""

import streamlit as st

from queries.errors import UserError

if st.query_params.get("slags") == "bruger":
    raise UserError("Filen mangler kolonnen »kommune«.")
raise ZeroDivisionError("secret detail")
