"""What the tests of `.setup/` share: its modules on the path, and a small checkout to work on."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / ".setup"))

from environment import Layout, Stamp, digest, interpreter  # noqa: E402

# Stands in for `python -m streamlit run dashboard.py`: Python looks in the working folder first.
SERVER = """\
import http.server, sys
port = int(next(a for a in sys.argv if a.startswith("--server.port=")).split("=")[1])
class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.path == "/healthz" else 404)
        self.end_headers()
    def log_message(self, *_):
        pass
print("English banner", flush=True)
http.server.HTTPServer(("127.0.0.1", port), Answer).serve_forever()
"""


@dataclass(frozen=True)
class Checkout:
    """A checkout with this repository's set-up and stand-ins for everything that is started."""

    root: Path

    def module(self, name: str, code: str) -> None:
        """Let `python -m name` run ``code`` here."""
        (self.root / name).mkdir(exist_ok=True)
        (self.root / name / "__init__.py").touch()
        (self.root / name / "__main__.py").write_text(code, encoding="utf-8")

    def records(self, name: str, code: int = 0) -> None:
        """Let `python -m name` write its arguments to calls.txt and exit with ``code``."""
        self.module(
            name,
            "import sys, pathlib\n"
            "with pathlib.Path('calls.txt').open('a') as calls:\n"
            f"    print('{name}', *sys.argv[1:], file=calls)\n"
            f"raise SystemExit({code})\n",
        )

    @property
    def calls(self) -> list[str]:
        """What was started, in order."""
        return (self.root / "calls.txt").read_text(encoding="utf-8").splitlines()


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    """A checkout below a path with a space and Danish letters, its environment complete."""
    root = tmp_path / "sti med mellemrum æøå"
    root.mkdir()
    skip = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / ".setup", root / ".setup", ignore=skip)
    for name in ("dashboard.py", "requirements.lock", "requirements-test.lock"):
        shutil.copy(ROOT / name, root / name)
    layout = Layout(root)
    layout.python.parent.mkdir(parents=True)
    layout.python.symlink_to(sys.executable)
    locks = tuple(digest(layout.requirements(tests=tests)) for tests in (False, True))
    Stamp(interpreter(), locks).write(layout.venv)
    made = Checkout(root)
    made.records("queries")
    made.module("streamlit", SERVER)
    return made
