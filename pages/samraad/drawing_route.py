"""The drawings of a folder by address, so that a browser fetches each of them once.

An address holds what a citable one does and nothing of the reader's: item and data version. It is
drawn in the letters of the repository, which the picture therefore carries.
"""

from __future__ import annotations

import base64
from functools import cache, lru_cache

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from pages.figures.text_metrics import FONT_FAMILY, FONT_FILES
from pages.frame.data import atlas
from pages.samraad import content, shown
from pages.samraad.model import Item
from queries import Atlas, UserError, WarehouseUnavailableError

NEVER = {"Cache-Control": "no-store"}
AN_HOUR = {"Cache-Control": "private, max-age=3600"}
"""No longer: a number may be withdrawn or hidden, and then its drawing must be gone as well."""
WEIGHTS = (400, 600)


async def drawing(request: Request) -> Response:
    """Serve the drawing of one item as SVG; what is no item is 400, one without a drawing 404."""
    try:
        svg, stays = await run_in_threadpool(_drawing, dict(request.query_params))
    except WarehouseUnavailableError as error:
        return PlainTextResponse(f"{error.PUBLIC}\n", 503, headers=NEVER)
    except UserError as error:
        return PlainTextResponse(f"{error}\n", 400, headers=NEVER)
    if svg is None:
        return PlainTextResponse("Posten har ingen tegning.\n", 404, headers=NEVER)
    headers = AN_HOUR if stays else NEVER
    return Response(svg, media_type="image/svg+xml", headers=headers)


def _drawing(query: dict[str, str]) -> tuple[bytes | None, bool]:
    """Return a drawing, and whether its address will always give the same."""
    facade = atlas()
    item = content.from_query(query, facade.version)
    svg, version = _drawn(facade, facade.version, item)
    return svg, version == query.get("data")


@lru_cache(maxsize=64)
def _drawn(facade: Atlas, version: str, item: Item) -> tuple[bytes | None, str]:
    found = shown.looked_up(facade, version, item, "")
    return None if found.svg is None else with_letters(found.svg).encode(), found.version


def with_letters(svg: str) -> str:
    """Return a drawing that carries its letters: a picture may fetch none."""
    start = svg.index(">", svg.index("<svg")) + 1
    return f"{svg[:start]}<style>{_letters()}</style>{svg[start:]}"


@cache
def _letters() -> str:
    return "".join(
        f"@font-face{{font-family:'{FONT_FAMILY}';font-weight:{weight};"
        f"src:url(data:font/ttf;base64,{base64.b64encode(path.read_bytes()).decode()})}}"
        for weight, path in zip(WEIGHTS, FONT_FILES, strict=True)
    )


DRAWING_ROUTES = [Route(shown.DRAWING, drawing, methods=["GET"])]
