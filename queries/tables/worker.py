"""The process that a table is checked in: bytes in on stdin, a report out on stdout, nothing else.

The first line is JSON with the options; the table follows as it is. The answer is one JSON object
with either `report` or `error` (Danish, for the user). An error of ours says where in the code it
happened and of what kind, never its message: that may quote the table.
"""

from __future__ import annotations

import json
import resource
import sys
from typing import Any

from queries.process import where

MOST_MEMORY = 4_000_000_000  # bytes of address space, most of it never touched


def answer(given: bytes) -> dict[str, Any]:
    """Return the answer to one request; never raises."""
    # Only here, so that the limits hold while the libraries load.
    from queries.errors import UserError
    from queries.tables.check import check
    from queries.tables.options import Options

    try:
        head, _, content = given.partition(b"\n")
        report = check(content, Options.from_fields(json.loads(head)))
        return {"report": json.loads(report.as_json())}
    except UserError as error:
        return {"error": str(error)}
    except MemoryError:
        return {"error": "Tabellen er for stor til at blive undersøgt. Del den i mindre tabeller."}
    except Exception as error:  # whatever it is, its message stays here
        return {"error": f"Tabellen kunne ikke undersøges ({where(error)}). Den er ikke gemt."}


def main() -> None:
    """Answer one request and end."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # no copy of the table in a core file
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    said = json.dumps(answer(sys.stdin.buffer.read()), ensure_ascii=False)
    sys.stdout.buffer.write(said.encode("utf-8"))


if __name__ == "__main__":
    main()
