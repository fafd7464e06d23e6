"""The toolbar of Plotly charts: which buttons, and no logo.

Its words, month names and separators are Danish because `danish.toml` replaces the English
locale inside the Plotly bundle, which a browser fetches once. (Plotly also takes a dictionary
in `config["locales"]`, but that would travel with every chart at every rerun, about 2 kB each;
the Danish one Plotly publishes is empty.)
"""

from __future__ import annotations

from typing import Any, Final

PLOTLY_CONFIG: Final[dict[str, Any]] = {
    "displaylogo": False,
    "displayModeBar": True,
    "modeBarButtonsToRemove": [
        # Zooming hides areas without saying so, and a keyboard cannot do it.
        "autoScale2d",
        "lasso2d",
        "pan2d",
        "resetScale2d",
        "select2d",
        "zoom2d",
        "zoomIn2d",
        "zoomOut2d",
        # Plotly's picture has neither title nor source, and no background.
        "toImage",
    ],
    "scrollZoom": False,
    "doubleClick": False,
    "showTips": False,
}
"""Pass it on: `st.plotly_chart(figure, config=PLOTLY_CONFIG)`."""
