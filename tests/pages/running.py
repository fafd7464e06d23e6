"""Run one page by Streamlit's own test runner, and read what it drew."""

from __future__ import annotations

import json
import re
from functools import cache
from html import unescape
from typing import Any

from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

# At each run the runner reads the metadata of every package installed, in search of components:
# more than half of its time. They stay the same, so once is enough.
vars(manifest_scanner)["scan_component_manifests"] = cache(
    manifest_scanner.scan_component_manifests
)

SCRIPT = """
from pages.frame.data import atlas
from pages.{module} import show
show(atlas())
"""


def run(module: str, **address: str) -> AppTest:
    test = AppTest.from_string(SCRIPT.replace("{module}", module), default_timeout=60)
    for name, value in address.items():
        test.query_params[name] = value
    test.run()
    assert [error.value for error in test.error] == []
    assert [error.value for error in test.exception] == []
    return test


def text(test: AppTest) -> str:
    """All that is drawn as text or HTML, tags and non-breaking spaces taken out."""
    parts = [str(getattr(e, "value", "") or getattr(e.proto, "body", "")) for e in test.main]
    unmarked = re.sub(r'<button[^>]* class="ord"[^>]*>([^<]*)</button>', r"\1", " ".join(parts))
    flat = unescape(re.sub(r"<[^>]+>", " ", unmarked)).replace("\N{NO-BREAK SPACE}", " ")
    return re.sub(r"\s+", " ", flat)


def components(test: AppTest) -> dict[str, dict[str, Any]]:
    """What the map and the table are told, by component name."""
    found = {}
    for element in test.main:
        proto = getattr(element, "proto", None)
        if proto is not None and getattr(proto, "component_name", None):
            found[proto.component_name] = json.loads(proto.json)
    return found


def figure(test: AppTest) -> dict[str, Any]:
    """The bars: the first chart of a page."""
    chart = test.get("plotly_chart")[0]
    found: dict[str, Any] = json.loads(chart.proto.spec)
    return found
