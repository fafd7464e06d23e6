"""The compiled inner loops: one person at a time, without grouping or sorting the whole."""
