"""References by address: `/data/henvisning.bib` and `.ris`, asked for as `/henvisning` is."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from pages.frame.data import atlas
from pages.samraad import content, references
from pages.samraad.model import Content
from queries import UserError, WarehouseUnavailableError

BIBTEX, RIS = "/data/henvisning.bib", "/data/henvisning.ris"
WRITERS: dict[str, tuple[str, Callable[[Content, str, dt.date], str]]] = {
    BIBTEX: ("application/x-bibtex; charset=utf-8", references.bibtex),
    RIS: ("application/x-research-info-systems; charset=utf-8", references.ris),
}
NEVER = {"Cache-Control": "no-store"}
_LOG = logging.getLogger(__name__)


async def reference(request: Request) -> Response:
    """Serve one reference; what is no item, or made up, is 400, no warehouse 503."""
    media, write = WRITERS[request.url.path]
    host = f"{request.url.scheme}://{request.url.netloc}"
    try:
        name, body = await run_in_threadpool(_made, dict(request.query_params), host, write)
    except WarehouseUnavailableError as error:
        _LOG.error("%s", error)
        return PlainTextResponse(f"{error.PUBLIC}\n", 503, headers=NEVER)
    except UserError as error:
        return PlainTextResponse(f"{error}\n", 400, headers=NEVER)
    ending = request.url.path.rpartition(".")[2]
    disposition = {"Content-Disposition": f'attachment; filename="{name}.{ending}"'}
    return Response(body.encode(), media_type=media, headers=NEVER | disposition)


def _made(
    query: dict[str, str], host: str, write: Callable[[Content, str, dt.date], str]
) -> tuple[str, str]:
    facade = atlas()
    found = content.look_up(facade, content.from_query(query, facade.version))
    return references.key(found), write(found, host, dt.datetime.now(tz=dt.UTC).date())


CITATION_ROUTES = [Route(path, reference, methods=["GET"]) for path in WRITERS]
