"""The process that documents are typeset in: JSON in on stdin, PDF files out on stdout.

Each file has its length before it, in eight bytes. Where it fails, the exit code is 1 and stderr
says where in the template and why; the parent repeats none of that, for it may quote the text.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import resource
import sys
from pathlib import Path

TEMPLATES = Path(__file__).parents[1]
FONTS = Path(__file__).parents[3] / "figures" / "fonts"
MORE_MEMORY = 3_000_000_000
"""How many bytes of address space typesetting may take beside what the libraries have."""
SECONDS = 240
"""How much of the processors' time it may take."""


def limit() -> None:
    """Bound the memory, the time and the files of this process."""
    statm = Path("/proc/self/statm")
    pages = int(statm.read_text("ascii").split()[0]) if statm.exists() else 0
    most = pages * os.sysconf("SC_PAGE_SIZE") + MORE_MEMORY
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # no copy of the text in a core file
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 5))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def main() -> None:
    """Answer one request and end."""
    import typst

    limit()
    asked = json.loads(sys.stdin.buffer.read())
    compiler = typst.Compiler(
        TEMPLATES / asked["template"],
        root=TEMPLATES,
        font_paths=typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS]
        ),
        ignore_system_fonts=True,
        package_path=TEMPLATES / "none",
        package_cache_path=TEMPLATES / "none",
    )
    day = dt.datetime.combine(dt.date.fromisoformat(asked["date"]), dt.time(12), dt.UTC)
    for document in asked["documents"]:
        said = json.dumps(document, ensure_ascii=False)
        made = compiler.compile(
            format="pdf",
            sys_inputs={"data": said},
            pdf_standards=["a-2a", "ua-1"],
            timestamp=int(day.timestamp()),
        )
        if not isinstance(made, bytes):  # which it is for a PDF that is not written to a file
            raise TypeError("no PDF")
        sys.stdout.buffer.write(len(made).to_bytes(8, "big") + made)


if __name__ == "__main__":
    main()
