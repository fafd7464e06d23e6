"""Statistikbanken (Danmarks Statistik): tables as batches of cells.

Written from the documentation of api.statbank.dk and public copies of its answers, and tested
against a stand-in server only: the service itself has not been asked.
"""
