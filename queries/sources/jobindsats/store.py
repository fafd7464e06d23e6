"""Answers kept aside while a table is fetched, so that what was interrupted is not asked for again.

They lie in `import/fetch/jobindsats/<table>/<update date>/` of the data folder, one file each: a
line of JSON about the answer, and its bytes. A file that is not whole is as good as none. Other
update dates are removed when a fetch begins, and all when it has succeeded or was refused.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from queries.sources.http import Body
from queries.warehouse.paths import data_folder


@dataclass(frozen=True)
class Aside:
    """The answers of one table as of one update date."""

    folder: Path
    at: str

    @classmethod
    def open(cls, table: str, updated_on: dt.date, root: Path | None = None) -> Aside:
        """Return the store of a table's update date; answers of other dates are removed."""
        top = (root or data_folder() / "import" / "fetch" / "jobindsats") / table
        folder = top / updated_on.isoformat()
        for other in top.iterdir() if top.is_dir() else ():
            if other != folder:
                shutil.rmtree(other, ignore_errors=True)
        return cls(folder, f"Jobindsats, tabel {table}")

    def read(self, question: str) -> Body | None:
        """Return the answer to a question (its selectors) when it is here, and whole."""
        try:
            line, _, content = self._path(question).read_bytes().partition(b"\n")
            head = json.loads(line)
            whole = head["sha256"] == hashlib.sha256(content).hexdigest()
            if whole and head["question"] == question:
                return Body(content, str(head["address"]), str(head["content_type"]), self.at)
        except (OSError, ValueError, KeyError, TypeError):
            pass
        return None

    def keep(self, question: str, body: Body) -> None:
        """Keep an answer, written aside and renamed; without room for it, it is asked for again."""
        head = {
            "question": question,
            "address": body.address,
            "content_type": body.content_type,
            "sha256": body.sha256,
        }
        target = self._path(question)
        aside = target.with_suffix(f".{os.getpid()}.part")
        with contextlib.suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            aside.write_bytes(json.dumps(head).encode() + b"\n" + body.content)
            aside.replace(target)

    def clear(self) -> None:
        """Remove all answers of the table."""
        shutil.rmtree(self.folder.parent, ignore_errors=True)

    def _path(self, question: str) -> Path:
        return self.folder / f"{hashlib.sha256(question.encode()).hexdigest()[:24]}.answer"
