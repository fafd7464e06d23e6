"""All months of a map by address, fetched once by the browser and kept for good."""

from __future__ import annotations

from functools import lru_cache

import brotli
import polars as pl
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from pages.exports.map_months import map_months
from pages.frame.compression import FOREVER, accepted_codings
from pages.frame.data import atlas
from queries import LEVELS, Atlas, Level, WarehouseUnavailableError

NEVER = {"Cache-Control": "no-store"}
STALE = "Tallene findes i en nyere udgave, eller adressen er ukendt. Genindlæs siden.\n"


def months_address(facade: Atlas, indicator_id: str, level: Level) -> str:
    """Return the address of all months; it changes with the data version."""
    return f"/maaneder/{indicator_id}/{level}.json?v={facade.version}"


async def months_file(request: Request) -> Response:
    """Serve all months of an indicator on a level, compressed; 404 for any other version."""
    indicator_id, level = request.path_params["indicator"], request.path_params["level"]
    try:
        facade = atlas()
        version = await run_in_threadpool(lambda: facade.version)
        known = indicator_id in facade.indicators and level in LEVELS
        if not known or request.query_params.get("v") != version:
            return PlainTextResponse(STALE, 404, headers=NEVER)
        coding = (
            "br" if "br" in accepted_codings(request.headers.get("accept-encoding", "")) else ""
        )
        body = await run_in_threadpool(_body, facade, version, indicator_id, level, coding)
    except WarehouseUnavailableError as error:
        return PlainTextResponse(f"{error.PUBLIC}\n", 503, headers=NEVER)
    headers = {"Cache-Control": FOREVER, "Vary": "Accept-Encoding"}
    if coding:
        headers["Content-Encoding"] = coding
    return Response(body, media_type="application/json", headers=headers)


@lru_cache(maxsize=64)
def _body(facade: Atlas, version: str, indicator_id: str, level: Level, coding: str) -> bytes:
    if coding:
        plain = _body(facade, version, indicator_id, level, "")
        return bytes(brotli.compress(plain, quality=6))
    return map_months(facade, indicator_id, level, _drawn(facade, level))


def _drawn(facade: Atlas, level: Level) -> dict[str, str]:
    """Return {area on the map: area it stands for}: regions are drawn as their kommuner."""
    areas = facade.areas()
    if level in ("kommune", "jobcenter"):
        return {code: code for code in areas.filter(pl.col("level") == level)["area_id"]}
    above = areas.filter(pl.col("level") == level)["area_id"].to_list()
    kommuner = areas.filter(pl.col("level") == "kommune").select("area_id", "within").rows()
    return {code: parent for code, within in kommuner for parent in above if parent in within}


MONTH_ROUTES = [Route("/maaneder/{indicator}/{level}.json", months_file)]
