"""The process behind the page `/indlaes`: `python -m queries.imports.worker inspect|overview|job`.

One request on stdin: a line of JSON, then the file as it is. `inspect` and `overview` answer with
one JSON object, `answer` or `error` (Danish), store nothing and end. `job` changes something, and
says how far it is in JSON lines and in `jobs/<id>.json`, there without findings and reasons. An
error of ours says where in the code it happened and of what kind, never its message: that may quote
the file.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import resource
import signal
import sys
import time
from typing import Any

from queries.imports import jobs
from queries.imports.told import Progress, State, Told, plain
from queries.process import where

MEMORY = {"inspect": 4_000_000_000, "overview": 4_000_000_000, "job": 12_000_000_000}
"""Bytes of address space by what is asked, most of it never touched."""
CPU_SECONDS = {"inspect": 120, "overview": 60, "job": 7200}
KEPT_DAYS = 7
"""How long a job's file is kept."""
TOO_LARGE = "Filen er for stor til at blive læst her. Gem kun det ark, der skal indlæses."


def answer(what: str, given: bytes) -> dict[str, Any]:
    """Return the answer to one question; never raises."""
    from queries.errors import UserError

    head, _, content = given.partition(b"\n")
    try:
        # Only here, so that the limits hold while the libraries load.
        from queries.imports.inspect import inspect
        from queries.imports.overview import overview

        request = json.loads(head)
        found = overview() if what == "overview" else inspect(request, content)
        return {"answer": plain(found)}
    except UserError as error:
        return {"error": str(error)}
    except MemoryError:
        return {"error": TOO_LARGE}
    except Exception as error:  # whatever it is, its message stays here
        return {"error": f"Filen kunne ikke læses ({where(error)}). Intet er gemt."}


class Teller:
    """Says how far a job is: in lines to the process that started it, and in the job's file."""

    def __init__(self, job: str, kind: str) -> None:
        began = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        self.last = Progress(job, kind, "running", began=began)

    def step(self, step: str, fraction: float) -> None:
        """Say that a step has begun; once the result is taken into use nobody can stop it."""
        if step == "use":
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
        self._say(step=step, fraction=round(fraction, 3))

    def end(self, state: State, message: str = "", **more: Any) -> None:
        """Say how the job ended."""
        self._say(state=state, message=message, **more)

    def _say(self, **changes: Any) -> None:
        self.last = Progress(**{**vars(self.last), **changes})
        line = json.dumps(plain(self.last), ensure_ascii=False)
        self._write()
        # The server may be gone: the job goes on, and its file says so.
        with contextlib.suppress(OSError, ValueError):
            sys.stdout.buffer.write(line.encode() + b"\n")
            sys.stdout.buffer.flush()

    def _write(self) -> None:
        from queries.imports.files import as_json, private_folder, replace_private

        fields = plain(self.last) | {"pid": os.getpid(), "findings": []}
        fields["outcome"].pop("findings", None)  # they may quote the file
        if self.last.state == "refused":
            fields["message"] = ""  # it may quote the file
        with contextlib.suppress(OSError):
            folder = private_folder(jobs.folder())
            replace_private(folder / f"{self.last.job}.json", as_json(fields))


def run(given: bytes) -> None:
    """Do one job, and say how it ends; never raises."""
    head, _, content = given.partition(b"\n")
    request = json.loads(head)
    teller = Teller(request["job"], request["kind"])
    teller.step("read", 0.0)
    _forget_old_jobs()
    try:
        from queries.errors import UserError
        from queries.imports.inspect import carry_out
        from queries.sources.incoming import ImportRefusedError
    except Exception as error:  # whatever it is
        teller.end("failed", f"Importen kunne ikke begynde ({where(error)}). Intet er ændret.")
        return
    try:
        outcome = carry_out(request, content, teller.step)
        teller.end("done", fraction=1.0, step="use", outcome=outcome)
    except ImportRefusedError as error:
        found = tuple(
            Told(one.level, one.code, one.text, one.where, one.value) for one in error.findings
        )
        teller.end("refused", str(error), findings=found)
    except UserError as error:
        teller.end("refused", str(error))
    except MemoryError:
        teller.end("failed", TOO_LARGE)
    except Exception as error:  # whatever it is, its message stays here
        teller.end("failed", f"Fejl i programmet ({where(error)}). Intet er ændret. Prøv igen.")


def _forget_old_jobs() -> None:
    with contextlib.suppress(OSError):
        for path in jobs.folder().glob("*.json*"):
            if path.stat().st_mtime < time.time() - KEPT_DAYS * 86_400:
                path.unlink(missing_ok=True)


def main(what: str) -> None:
    """Answer one request, or do one job, and end."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # no copy of the file in a core file
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY[what],) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS[what],) * 2)
    given = sys.stdin.buffer.read()
    if what == "job":
        run(given)
        return
    said = json.dumps(answer(what, given), ensure_ascii=False)
    sys.stdout.buffer.write(said.encode("utf-8"))


if __name__ == "__main__":
    main(sys.argv[1])
