"""A presentation or workbook read back as a package: what must hold of its parts and relations."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from collections import Counter
from functools import lru_cache
from posixpath import dirname, join, normpath
from typing import Any

from lxml import etree

from pages.figures.png import svg_to_png

ROOT_RELATIONS = "_rels/.rels"


@lru_cache(maxsize=64)
def picture(svg: str, *, width: int) -> bytes:
    return svg_to_png(svg, width=width)


def members(body: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def xml_parts(body: bytes) -> dict[str, Any]:
    return {
        name: etree.fromstring(data)
        for name, data in members(body).items()
        if name.endswith((".xml", ".rels", ".vml"))
    }


def problems(body: bytes) -> list[str]:
    """What an office program would complain of: broken relations, types, ids, or clock times."""
    found = []
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        names = archive.namelist()
        found += [f"twice: {name}" for name, n in Counter(names).items() if n > 1]
        dates = {info.date_time for info in archive.infolist()}
        found += [] if dates == {(1980, 1, 1, 0, 0, 0)} else [f"dates {dates}"]
    parts = xml_parts(body)
    types = parts["[Content_Types].xml"]
    defaults = {e.get("Extension", "").lower() for e in types if e.tag.endswith("Default")}
    overrides = [e.get("PartName").lstrip("/") for e in types if e.tag.endswith("Override")]
    found += [f"no part for {name}" for name in overrides if name not in names]
    known = {*overrides, "[Content_Types].xml"}
    for name in names:
        if name not in known and name.rsplit(".", 1)[-1].lower() not in defaults:
            found.append(f"no type for {name}")
    reached = {"[Content_Types].xml", *(name for name in names if name.endswith(".rels"))}
    for name, root in parts.items():
        if not name.endswith(".rels"):
            continue
        base = dirname(dirname(name))
        ids = [relation.get("Id") for relation in root]
        found += [f"{name}: {one} twice" for one, n in Counter(ids).items() if n > 1]
        for relation in root:
            if relation.get("TargetMode") == "External":
                found.append(f"{name}: external {relation.get('Target')}")
                continue
            target = relation.get("Target")
            path = target.lstrip("/") if target.startswith("/") else normpath(join(base, target))
            reached.add(path)
            if path not in names:
                found.append(f"{name}: {path} is missing")
        owner = join(base, name.rsplit("/", 1)[-1].removesuffix(".rels"))
        if owner in parts:
            used = _relations_used(parts[owner])
            found += [f"{owner}: {one} is not a relation" for one in used - set(ids)]
    found += [f"nothing leads to {name}" for name in names if name not in reached]
    return found


def _relations_used(root: Any) -> set[str]:
    space = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
    return {
        value
        for element in root.iter()
        for key, value in element.attrib.items()
        if key.startswith(space)
    }


def in_another_process(module: str, briefing: str, seed: str) -> bytes:
    """Write a sample briefing in a new process with another order of sets and dictionaries."""
    code = (
        "import sys\n"
        f"from pages.samraad.documents import {module}\n"
        "from tests.pages.samraad.documents import briefings\n"
        f"sys.stdout.buffer.write({module}.write(briefings.{briefing}()))\n"
    )
    return subprocess.run(
        [sys.executable, "-c", code],
        check=True,
        capture_output=True,
        env={"PYTHONHASHSEED": seed, "TZ": "Pacific/Auckland", "PATH": "", "LANG": "C.UTF-8"},
    ).stdout
