"""The journal: what has been imported and undone, in order. Its rename is what makes it so.

`journal.json` holds `{"form": 1, "events": [...], "sum": ...}`, where `sum` is over the events, so
that what was cut or edited is noticed. An event of an import has `import_id`, `folder` (its name in
`batches`), `manifest` (the SHA-256 of its import.json), `at` and `run` (shared by those that were
imported in one transaction); an event of an undo has `import_id` and `at`.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from queries.errors import UserError
from queries.imports.files import as_json, replace_private

NAME = "journal.json"
FORM = 1
Event = Mapping[str, Any]
FIELDS = {
    "import": {"event", "import_id", "folder", "manifest", "at", "run"},
    "undo": {"event", "import_id", "at"},
}
MEND = (
    "Intet er ændret, og ingen importerede tal er glemt. Læg {name} tilbage fra en sikkerhedskopi "
    "sammen med mappen batches, og prøv igen. Er der ingen, så flyt hele mappen {folder} et andet "
    "sted hen, og importér kilderne igen"
)


def read_events(folder: Path) -> list[Event]:
    """Return the events of the journal in `folder`, oldest first; none where nothing is imported.

    Raises UserError for a journal that is damaged or of another form, and for one that is missing
    although there is something imported.
    """
    path = folder / NAME
    try:
        stored = json.loads(path.read_bytes())
    except FileNotFoundError:
        if (folder / "batches").is_dir() and any((folder / "batches").iterdir()):
            raise _damaged(folder, "den mangler, men der ligger importerede tal") from None
        return []
    except OSError as error:
        raise _damaged(folder, error.strerror or str(error)) from error
    except ValueError as error:
        raise _damaged(folder, "den er beskadiget") from error
    if not isinstance(stored, dict) or stored.get("form") != FORM:
        raise _damaged(folder, "den har en anden form end denne udgave af atlasset kender")
    events = stored.get("events")
    if not isinstance(events, list) or stored.get("sum") != _sum(events):
        raise _damaged(folder, "den er ændret eller afkortet")
    if not all(_is_event(one) for one in events) or standing(events) is None:
        raise _damaged(folder, "dens hændelser passer ikke sammen")
    return events


def write_events(folder: Path, events: Sequence[Event]) -> None:
    """Put these events in the place of the journal: from then on they have happened."""
    made = {"form": FORM, "events": list(events), "sum": _sum(events)}
    replace_private(folder / NAME, as_json(made))


def standing(events: Sequence[Event]) -> list[Event] | None:
    """Return the imports that are not undone, in order; None where the events contradict."""
    found: dict[str, Event] = {}
    for one in events:
        import_id = str(one["import_id"])
        if (one["event"] == "import") == (import_id in found):
            return None
        if one["event"] == "import":
            found[import_id] = one
        else:
            del found[import_id]
    return list(found.values())


def _is_event(one: object) -> bool:
    if not isinstance(one, dict) or set(one) != FIELDS.get(str(one.get("event"))):
        return False
    if not all(isinstance(value, str) and value for value in one.values()):
        return False
    try:
        return dt.datetime.fromisoformat(one["at"]).tzinfo is not None
    except ValueError:
        return False


def _sum(events: object) -> str:
    return hashlib.sha256(as_json(events)).hexdigest()


def _damaged(folder: Path, why: str) -> UserError:
    mend = MEND.format(name=NAME, folder=folder)
    return UserError(
        f"Journalen over importerede data, {folder / NAME}, kan ikke bruges: {why}. {mend}."
    )
