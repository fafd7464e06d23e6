"""Streamlit components of our own: the map and the table of areas."""
