"""Read polygons and kommunekoder from a file of official geometry."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import geopandas
import numpy as np
import pandas
import pyogrio
import shapely

from queries.errors import UserError

CODE_COLUMNS = ("komkode", "kommunekode", "kommunenr", "komnr", "kode")
# A register with history keeps old borders; these columns are empty in what is in force.
ENDED_COLUMNS = ("registreringtil", "virkningtil")
FORMATS = "GeoJSON, GeoPackage (.gpkg) eller Shapefile (.shp, helst pakket som .zip)"
CHRISTIANSOE = "0411"

_POLYGONS = ("Polygon", "MultiPolygon")


def read_official(file: Path) -> geopandas.GeoDataFrame:
    """Return the kommuner of a file: columns ``code`` (four digits) and ``geometry``, any CRS.

    A kommune may have several rows. Raises UserError for what is not such a file.
    """
    if not file.is_file():
        raise UserError(f"Filen {file} findes ikke. Angiv en fil i formatet {FORMATS}.")
    if not file.stat().st_size:
        raise UserError(f"Filen {file.name} er tom. Hent den igen.")
    frame, layer = _read(file)
    _refuse_other_shapes(frame, file.name)
    column = _code_column(frame)
    if column is None:
        raise UserError(
            f"Filen {file.name} har ingen kolonne med kommunekoder. Der ledes efter "
            f"{', '.join(name.upper() for name in CODE_COLUMNS)} (store eller små bogstaver); "
            f"filen har {_listed(frame.columns.drop(frame.geometry.name))}{layer}."
        )
    frame = _in_force(frame)
    codes = [_four_digits(value, column, file.name) for value in frame[column]]
    shapes = shapely.force_2d(frame.geometry.to_numpy())
    return geopandas.GeoDataFrame({"code": codes}, geometry=shapes, crs=frame.crs)


def _read(file: Path) -> tuple[geopandas.GeoDataFrame, str]:
    """Return the first layer with kommunekoder, else the first, and words naming it."""
    try:
        layers = [str(name) for name in pyogrio.list_layers(file)[:, 0]]
        chosen = None
        for layer in layers:
            fields = pyogrio.read_info(file, layer=layer)["fields"]
            if any(str(field).lower() in CODE_COLUMNS for field in fields):
                chosen = layer
                break
        if layers:
            frame = geopandas.read_file(file, layer=chosen or layers[0])
            if isinstance(frame, geopandas.GeoDataFrame) and len(frame):
                return frame, f" (lag: {_listed(layers)})" if len(layers) > 1 else ""
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, OSError) as error:
        raise UserError(
            f"Filen {file.name} kan ikke læses som geodata. Den er måske afbrudt under hentning "
            f"eller af en anden slags; der kan læses {FORMATS}."
        ) from error
    except (pyogrio.errors.FeatureError, pyogrio.errors.GeometryError, ValueError) as error:
        raise UserError(
            f"Filen {file.name} kan åbnes, men indholdet kan ikke læses: {error}. Hent den igen."
        ) from error
    raise UserError(f"Filen {file.name} indeholder ingen flader. Der ventes 98 kommuner.")


def _refuse_other_shapes(frame: geopandas.GeoDataFrame, name: str) -> None:
    kinds = frame.geometry.geom_type
    others = sorted(set(kinds.dropna()) - set(_POLYGONS))
    if others:
        danish = {"Point": "punkter", "MultiPoint": "punkter", "LineString": "linjer"}
        danish["MultiLineString"] = "linjer"
        found = _listed(sorted({danish.get(kind, kind) for kind in others}))
        raise UserError(
            f"Filen {name} indeholder {found}, men kortet kræver flader (polygoner). "
            "Vælg datasættet med kommunernes grænser som flader."
        )
    if (missing := int(kinds.isna().sum() + frame.geometry.is_empty.sum())) > 0:
        raise UserError(
            f"Filen {name} har {missing} rækker uden flade. Der ventes en flade i hver række."
        )


def _code_column(frame: geopandas.GeoDataFrame) -> str | None:
    names = {str(column).lower(): str(column) for column in frame.columns}
    return next((names[name] for name in CODE_COLUMNS if name in names), None)


def _in_force(frame: geopandas.GeoDataFrame) -> geopandas.GeoDataFrame:
    for column in frame.columns:
        if str(column).lower() in ENDED_COLUMNS:
            frame = frame[frame[column].isna()]
    return frame


def _four_digits(value: object, column: str, name: str) -> str:
    """Return 101, 101.0, "101" and "0101" as "0101"."""
    number = value
    if isinstance(value, float | np.floating) and not pandas.isna(value) and value == int(value):
        number = int(value)
    text = "" if value is None or value is pandas.NA else str(number).strip()
    if not (text.isdecimal() and 1 <= len(text) <= 4):
        raise UserError(
            f"Filen {name} har værdien «{text}» i kolonnen {column}. "
            "Der ventes en kommunekode på tre eller fire cifre, fx 0101."
        )
    return text.zfill(4)


def _listed(names: Iterable[object]) -> str:
    return ", ".join(str(name) for name in names) or "ingen"
