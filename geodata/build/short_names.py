"""Names short enough for a tile: at most two lines, parted as Danish parts them."""

from __future__ import annotations

LINE = "|"

_PARTED = """
Aaben-|raa Albert-|slund Balle-|rup Born-|holm Brøn-|derslev Favr-|skov Fredens-|borg Frede-|ricia
Fred.-|berg Fred.-|havn Fred.-|sund Faaborg-|Midtfyn Gent-|ofte Glad-|saxe Glos-|trup Grib-|skov
Guldb.-|sund Haders-|lev Heden-|sted Helsing-|ør Holste-|bro Hvid-|ovre Høje-|Taastrup Hørs-|holm
Ikast-|Brande Jam-|merbugt Kalund-|borg Kerte-|minde Køben-|havn Lange-|land Lyngby-|Taarbæk
Maria-|gerfjord Middel-|fart Nord-|djurs Nord-|fyns Ods-|herred Ring-|sted Ringk.-|Skjern
Ros-|kilde Ruders-|dal Silke-|borg Skan-|derborg Svend-|borg Syd-|djurs Sønder-|borg Vallens-|bæk
Vesthim-|merland Vor-|dingborg
"""
_ABBREVIATED = {
    "Fredberg": "Frederiksberg",
    "Fredhavn": "Frederikshavn",
    "Fredsund": "Frederikssund",
    "Guldbsund": "Guldborgsund",
    "RingkSkjern": "RingkøbingSkjern",
    "Vesthimmerland": "Vesthimmerlands",
}


def _whole(parted: str) -> str:
    joined = parted.replace(LINE, "").replace("-", "").replace(".", "")
    return _ABBREVIATED.get(joined, joined)


_SHORT = {_whole(parted): parted for parted in _PARTED.split()}


def short_name(name: str) -> str:
    """Return a kommune's name for a tile, `|` between its lines: 'Holbæk', 'Køben-|havn'."""
    return _SHORT.get(name.replace("-", ""), name)
