"""Check official geometry and make the served map from it."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import shapely
from pyproj.exceptions import ProjError
from shapely import MultiPolygon, STRtree, box

from geodata.build.asset import asset_bytes, make_asset
from geodata.build.coverage import problems, round_to_metres, simplify, without_specks
from geodata.build.facts import Kommune
from geodata.build.georeference import UTM32, Place
from geodata.build.polygons import polygons_of
from geodata.build.reading import CHRISTIANSOE, read_official
from queries.errors import UserError

# Denmark in UTM 32 with room around it: what lies outside has another CRS than it says.
DENMARK = box(430_000, 6_030_000, 910_000, 6_420_000)
BUDGET_BYTES = 250_000
# Tried from fine to coarse until the map is small enough.
TOLERANCES_M = (150.0, 200.0, 300.0, 450.0, 700.0, 1_000.0)
SMALLEST_ISLET_M2 = 100_000.0
# Neighbours may overlap by drawing inaccuracy; more than this is another error.
LARGEST_OVERLAP = 0.01
# A strip narrower than this inside the land is a drawing error and goes to a neighbour.
NARROWEST_GAP_M = 20.0
FARTHEST_CENTROID_M = 20_000.0


def official_map(
    file: Path,
    kommuner: Mapping[str, Kommune],
    places: Mapping[str, Place],
    jobcenter_of: Mapping[str, str],
    imported_on: date,
) -> bytes:
    """Return the served map made from a file of official geometry.

    ``places`` is where each kommune is known to lie. Raises UserError for a wrong file.
    """
    coverage = _checked(file, kommuner, places)
    digest = hashlib.sha256(file.read_bytes()).hexdigest()[:12]
    source: dict[str, Any] = {
        "id": f"dagi-{digest}",
        "title": f"DAGI kommuneinddeling, forenklet (indlæst {imported_on:%d.%m.%Y}: {file.name})",
        "licence": "CC BY 4.0",
        "attribution": "Indeholder data fra Klimadatastyrelsen, DAGI",
        "generalised": False,
    }
    for tolerance in TOLERANCES_M:
        simplified = round_to_metres(simplify(coverage, tolerance))
        if problems(simplified):
            continue
        content = asset_bytes(make_asset(simplified, kommuner, jobcenter_of, source))
        if len(gzip.compress(content)) <= BUDGET_BYTES:
            return content
    raise UserError(
        f"Kortet i {file.name} kan ikke forenkles til {BUDGET_BYTES // 1000} kB. "
        "Vælg en mere generaliseret udgave, fx DAGI i skala 1:500.000."
    )


def _checked(
    file: Path, kommuner: Mapping[str, Kommune], places: Mapping[str, Place]
) -> dict[str, MultiPolygon]:
    frame = read_official(file)
    frame = frame[frame["code"] != CHRISTIANSOE]
    _check_codes(set(frame["code"]), kommuner, file.name)
    frame = _in_utm32(frame, file.name)
    areas = {
        str(code): polygons_of(shapely.union_all(shapely.make_valid(rows.geometry.to_numpy())))
        for code, rows in frame.groupby("code")
    }
    _check_places(areas, kommuner, places, file.name)
    _check_overlaps(areas, kommuner, file.name)
    codes = sorted(areas)
    cleaned = shapely.coverage_clean([areas[code] for code in codes], gap_width=NARROWEST_GAP_M)
    coverage = {code: polygons_of(area) for code, area in zip(codes, cleaned, strict=True)}
    return without_specks(coverage, SMALLEST_ISLET_M2)


def _check_codes(found: set[str], kommuner: Mapping[str, Kommune], name: str) -> None:
    missing = sorted(set(kommuner) - found)
    unknown = sorted(found - set(kommuner))
    if not missing and not unknown:
        return
    faults = []
    if missing:
        shown = ", ".join(f"{kommuner[code].name} ({code})" for code in missing[:8])
        more = f" og {len(missing) - 8} til" if len(missing) > 8 else ""
        faults.append(f"der mangler {shown}{more}")
    if unknown:
        faults.append(f"koderne {', '.join(unknown[:8])} er ikke kommuner i dag")
    raise UserError(
        f"Filen {name} skal indeholde netop de {len(kommuner)} kommuner, men "
        f"{' og '.join(faults)}. Vælg den landsdækkende, gældende kommuneinddeling."
    )


def _in_utm32(frame: geopandas.GeoDataFrame, name: str) -> geopandas.GeoDataFrame:
    if frame.crs is None:
        raise UserError(
            f"Filen {name} siger ikke, hvilket koordinatsystem den bruger (til en Shapefile hører "
            "en .prj-fil). Der ventes fx EPSG:25832 (UTM zone 32) eller EPSG:4326 (længde/bredde)."
        )
    try:
        projected = frame.to_crs(UTM32)
    except ProjError as error:
        raise UserError(_outside(frame, name)) from error
    bounds = projected.total_bounds
    if not np.isfinite(bounds).all() or not DENMARK.contains(box(*bounds)):
        raise UserError(_outside(frame, name))
    return projected


def _outside(frame: geopandas.GeoDataFrame, name: str) -> str:
    crs = frame.crs.to_string() if frame.crs else "ukendt"
    west, south, east, north = (f"{number:.6g}" for number in frame.total_bounds)
    return (
        f"Filen {name} har koordinater uden for Danmark: angivet koordinatsystem er {crs}, og "
        f"tallene går fra {west} til {east} og fra {south} til {north}. Koordinatsystemet er "
        "forkert angivet, eller akserne er byttet om. Der ventes fx EPSG:25832 (UTM zone 32) "
        "eller længde og bredde i EPSG:4326."
    )


def _check_places(
    areas: Mapping[str, MultiPolygon],
    kommuner: Mapping[str, Kommune],
    places: Mapping[str, Place],
    name: str,
) -> None:
    for code, area in sorted(areas.items()):
        away = area.centroid.distance(shapely.Point(places[code].x, places[code].y))
        if not away <= FARTHEST_CENTROID_M:
            raise UserError(
                f"Filen {name} har fladen med kode {code} {away / 1000:.0f} km fra, hvor "
                f"{kommuner[code].name} ligger. Koder og flader hører ikke sammen."
            )


def _check_overlaps(
    areas: Mapping[str, MultiPolygon], kommuner: Mapping[str, Kommune], name: str
) -> None:
    codes = sorted(areas)
    shapes = [areas[code] for code in codes]
    for first, second in STRtree(shapes).query(shapes, predicate="intersects").T.tolist():
        if first < second:
            shared = shapes[first].intersection(shapes[second]).area
            if shared > LARGEST_OVERLAP * min(shapes[first].area, shapes[second].area):
                pair = " og ".join(kommuner[codes[index]].name for index in (first, second))
                raise UserError(
                    f"Filen {name} har overlappende kommuner: {pair} dækker begge "
                    f"{shared / 1e6:.1f} km². Vælg én gældende udgave af kommuneinddelingen."
                )
