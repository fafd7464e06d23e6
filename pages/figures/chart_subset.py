"""The part of Plotly that charts of this application use, and that can be drawn as a file.

Whatever is not named here is refused: a picture that silently lacked something would be wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

Part = Mapping[str, Any]
_AXIS = re.compile(r"[xy]axis\d*")

DRAWN: dict[str, frozenset[str]] = {
    name: frozenset(words.split())
    for name, words in {
        "layout": "annotations shapes margin height width font barmode bargap bargroupgap "
        "showlegend legend separators paper_bgcolor plot_bgcolor template colorway autosize",
        "margin": "l r t b pad autoexpand",
        "font": "size color family weight style",
        "axis": "title range autorange type showgrid gridcolor gridwidth griddash zeroline "
        "zerolinecolor zerolinewidth showline linecolor linewidth ticks ticklen tickcolor "
        "tickwidth tickfont tickformat ticksuffix tickprefix tickvals ticktext tickmode tickangle "
        "tick0 dtick nticks automargin showticklabels visible side anchor domain matches "
        "categoryorder categoryarray rangemode separatethousands color mirror layer "
        "ticklabelposition ticklabelstandoff",
        "title": "text standoff font",
        "legend": "orientation x y xanchor yanchor font traceorder bgcolor title itemsizing "
        "bordercolor borderwidth xref yref entrywidth entrywidthmode tracegroupgap indentation "
        "itemwidth",
        "annotation": "x y xref yref xanchor yanchor xshift yshift text showarrow ax ay axref "
        "ayref arrowcolor arrowwidth arrowhead arrowsize standoff startstandoff bgcolor "
        "bordercolor borderpad borderwidth font align textangle opacity width",
        "shape": "type x0 x1 y0 y1 xref yref line fillcolor opacity layer path fillrule",
        "line": "color width dash shape simplify",
        "bar": "type orientation x y text textposition textfont insidetextfont outsidetextfont "
        "insidetextanchor textangle marker name base width opacity showlegend legendgroup "
        "cliponaxis constraintext xaxis yaxis error_x error_y visible legendrank x0 dx y0 dy "
        "alignmentgroup",
        "scatter": "type mode x y x0 dx y0 dy text textposition textfont marker line name "
        "connectgaps fill fillcolor opacity showlegend legendgroup cliponaxis xaxis yaxis error_x "
        "error_y visible legendrank",
        "marker": "color line pattern opacity size symbol sizemode cornerradius",
        "pattern": "shape fgcolor bgcolor size fillmode solidity fgopacity",
        "error": "type array arrayminus symmetric color thickness width visible",
    }.items()
}
SCREEN_ONLY = frozenset(
    re.findall(
        r"\w+",
        "hovertext hovertemplate hoverinfo hoverlabel hovermode hoveron hoverformat hoverdistance "
        "customdata ids meta uid uirevision selected unselected selectedpoints clickmode dragmode "
        "modebar fixedrange transition captureevents hoversubplots spikedistance showspikes "
        "spikemode spikethickness spikecolor spikedash spikesnap itemclick itemdoubleclick "
        "editable selectdirection unifiedhovertitle constrain constraintoward",
    )
)
"""What only a screen can do: nothing of it belongs on paper."""


class UnsupportedFigureError(ValueError):
    """A figure uses a part of Plotly that cannot be drawn as a file."""


def check(figure: Part) -> None:
    """Raise UnsupportedFigureError where a figure holds something that would not be drawn."""
    layout = figure.get("layout", {})
    _keys("layout", {k: v for k, v in layout.items() if not _AXIS.fullmatch(k)})
    _keys("margin", layout.get("margin"))
    _keys("font", layout.get("font"))
    _keys("legend", layout.get("legend"))
    for name, axis in layout.items():
        if _AXIS.fullmatch(name):
            _keys("axis", axis)
            _keys("title", axis.get("title"))
    for note in layout.get("annotations", ()):
        _keys("annotation", note)
    for shape in layout.get("shapes", ()):
        _keys("shape", shape)
        _keys("line", shape.get("line"))
    for trace in figure.get("data", ()):
        _trace(trace)


def _trace(trace: Part) -> None:
    kind = trace.get("type", "scatter")
    if kind not in ("bar", "scatter"):
        raise UnsupportedFigureError(f"a trace of type {kind!r}")
    _keys(kind, trace)
    marker = trace.get("marker") or {}
    _keys("marker", marker)
    _keys("line", marker.get("line"))
    _keys("pattern", marker.get("pattern"))
    _keys("line", trace.get("line"))
    for error in ("error_x", "error_y"):
        _keys("error", trace.get(error))


def _keys(kind: str, part: Part | None) -> None:
    given = {key for key, value in (part or {}).items() if value is not None}
    if unknown := sorted(given - DRAWN[kind] - SCREEN_ONLY):
        raise UnsupportedFigureError(f"{kind}: {', '.join(unknown)}")


def one_of(what: str, value: Any, known: Iterable[Any]) -> Any:
    """Return `value` where it is among `known`; else refuse the figure."""
    if value not in known:
        raise UnsupportedFigureError(f"{what} {value!r}")
    return value


def each(value: Any, count: int) -> list[Any]:
    """Return a value given once for all, or one by one, as a list of `count`."""
    if isinstance(value, (str, bytes)) or not hasattr(value, "__len__"):
        return [value] * count
    return list(value)
