"""The components' JavaScript, fetched once by address.

Streamlit puts a component's inline script and style into every message that updates it, which would
cost more than the data. So each component is declared with a loader of a few lines (`loader.js`),
and its real modules are served here under an address that holds a hash of their content: a browser
keeps them for good, and a new version has a new address.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from pages.components.theme import figure_css
from pages.figures.palette import PATTERNS, STATUS_LABELS
from pages.language.glossary import glossary_words

HERE = Path(__file__).parent
PREFIX = "/komponenter"
FOREVER = "public, max-age=31536000, immutable"


def module_address(name: str) -> str:
    """The address of one module, such as 'map.js', for the loader or a preload hint."""
    if name not in browser_modules():
        raise KeyError(name)
    return f"{PREFIX}/{_version()}/{name}"


def loader(name: str) -> str:
    """The inline script of the component whose module is `name`: small, as every message has it.

    Streamlit calls it again when data changes while the module is on its way, and then takes the
    older call back: only the newest call draws, and only it takes down what was drawn.
    """
    source = (HERE / "loader.js").read_text(encoding="utf-8")
    return source.replace("{{module}}", module_address(name))


def component_routes() -> list[Route]:
    """The route that serves the modules; the application mounts it beside Streamlit."""
    return [Route(PREFIX + "/{version}/{name}", _serve, methods=["GET"])]


@cache
def browser_modules() -> dict[str, str]:
    """All modules by name: scripts as they stand; style sheets, palette and glossary as modules."""
    scripts = {path.name: path.read_text(encoding="utf-8") for path in HERE.glob("*/*.js")}
    styles = {
        f"{path.name}.js": _constant("css", path.read_text(encoding="utf-8"))
        for path in HERE.glob("*/*.css")
    }
    patterns = {
        status: {"size": pattern.size, "mark": pattern.mark} for status, pattern in PATTERNS.items()
    }
    palette = (
        _constant("css", figure_css())
        + _constant("patterns", patterns)
        + _constant("labels", STATUS_LABELS)
    )
    glossary = _constant("words", glossary_words())
    return {**scripts, **styles, "palette.js": palette, "glossary.js": glossary}


def _constant(name: str, value: object) -> str:
    return f"export const {name} = {json.dumps(value, ensure_ascii=False)};\n"


@cache
def _version() -> str:
    content = json.dumps(browser_modules(), sort_keys=True).encode()
    return hashlib.sha256(content).hexdigest()[:12]


async def _serve(request: Request) -> Response:
    module = browser_modules().get(request.path_params["name"])
    if module is None or request.path_params["version"] != _version():
        return PlainTextResponse(
            "Siden er fornyet. Genindlæs den.\n", 404, {"Cache-Control": "no-store"}
        )
    return Response(module, media_type="text/javascript", headers={"Cache-Control": FOREVER})
