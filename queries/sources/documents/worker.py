"""The process that a document is read in: bytes in on stdin, its text out on stdout as JSON.

The answer is one object with either `text` or `error` (Danish, for the user). An error of ours
tells where in the code it happened, never its message: that may quote the document.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from pathlib import Path
from typing import Any

MORE_MEMORY = 1_000_000_000
"""How many bytes of address space reading may take beside what the libraries have."""
USUAL_MEMORY = 3_000_000_000
"""What the libraries have where the system does not tell."""
SECONDS = 60
"""How much of the processor's time reading may take."""


def answer(content: bytes) -> dict[str, Any]:
    """Return the answer to one request; never raises."""
    from queries.errors import UserError
    from queries.process import where
    from queries.sources.documents.extract import extract

    try:
        return {"text": extract(content).as_dict()}
    except UserError as error:
        return {"error": str(error)}
    except MemoryError:
        return {
            "error": "Dokumentet kræver for meget hukommelse at læse. Gem siderne med "
            "tabellerne som et dokument for sig, og prøv igen."
        }
    except Exception as error:  # whatever it is, its message stays here
        return {"error": f"Dokumentet kunne ikke læses ({where(error)})."}


def limit() -> None:
    """Bound the memory, the time and the files of this process."""
    statm = Path("/proc/self/statm")
    pages = int(statm.read_text("ascii").split()[0]) if statm.exists() else 0
    most = (pages * os.sysconf("SC_PAGE_SIZE") or USUAL_MEMORY) + MORE_MEMORY
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 5))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def main() -> None:
    """Answer one request and end."""
    content = sys.stdin.buffer.read()
    import pypdf  # noqa: F401  # so that its memory is not counted as the document's

    import queries.sources.documents.extract  # noqa: F401

    limit()
    said = json.dumps(answer(content), ensure_ascii=False)
    sys.stdout.buffer.write(said.encode("utf-8", "replace"))


if __name__ == "__main__":
    main()
