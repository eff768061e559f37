"""Imports run downhill only, and each foreign library lives in exactly one folder."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.tree import ROOT, plant, python_files

# Who may import whom: server -> handlers -> chat -> store -> protocol, chat -> calls, handlers -> trust
DOWNHILL: dict[str, set[str]] = {
    "server": {"handlers", "chat", "store", "protocol", "calls", "trust"},
    "handlers": {"chat", "store", "protocol", "trust"},
    "chat": {"store", "protocol", "calls"},
    "store": {"protocol"},
    "protocol": set(),
    "calls": set(),
    "trust": set(),
}
NOBODY_IMPORTS = {"scripts", "tests"}
OURS = DOWNHILL.keys() | NOBODY_IMPORTS

# Where each library that is not ours lives; sqlite3 and the media and certificate ones included
HOMES: dict[str, set[str]] = {
    "tornado": {"handlers", "server"},
    "msgpack": {"protocol"},
    "msgspec": {"protocol"},
    "sqlite3": {"store"},
    "PIL": {"store"},
    "pillow_heif": {"store"},
    "pypdfium2": {"store"},
    "pywebpush": {"store"},
    "py_vapid": {"store"},
    "aiortc": {"calls"},
    "av": {"calls", "store"},
    "OpenSSL": {"calls"},
    "cffi": {"calls"},
    "pylibsrtp": {"calls"},
    "cryptography": {"trust"},
    "ifaddr": {"trust"},
    "segno": {"trust"},
    "zeroconf": {"trust"},
    "confusable_homoglyphs": {"chat"},
    "prometheus_client": {"handlers"},
    "psycopg": {"store"},
    "psycopg_binary": {"store"},
    "redis": {"store"},
}


def imported(path: Path, root: Path) -> Iterator[str]:
    """The full names of all modules that a file imports, anywhere in it, relative ones resolved."""
    package = path.relative_to(root).parent.parts
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            yield ".".join(filter(None, [base, node.module]))


def objection(home: str, module: str) -> str | None:
    """Why code in `home` may not import this module, or None if it may."""
    top = module.split(".")[0]
    if top == home:
        return None
    if top in OURS:
        return None if top in DOWNHILL[home] else f"{home} may not import {top}"
    if top in HOMES:
        return None if home in HOMES[top] else f"{top} lives in {' and '.join(sorted(HOMES[top]))}, not in {home}"
    if top in sys.stdlib_module_names:
        return None
    return f"{top} has no home: give it one in HOMES, and a pin in requirements.txt"


def objections(root: Path) -> list[str]:
    """All imports that run uphill or away from home, one line each."""
    found: list[str] = []
    for home in DOWNHILL:
        for path in python_files(root, home, f"{home}.py"):
            said = (objection(home, module) for module in imported(path, root))
            found.extend(f"{path.relative_to(root).as_posix()}: {text}" for text in said if text)
    return found


def test_imports_run_downhill_and_libraries_stay_at_home() -> None:
    assert objections(ROOT) == []


def test_every_folder_with_code_has_its_place() -> None:
    folders = {path.parent.name for path in ROOT.glob("[a-z]*/*.py")}
    assert folders <= OURS, "a new folder of code: say in DOWNHILL what it may import"


@pytest.mark.parametrize(
    ("path", "text", "said"),
    [
        ("store/writer.py", "from handlers.base import Base\n", "store/writer.py: store may not import handlers"),
        ("store/writer.py", "from chat import dispatch\n", "store/writer.py: store may not import chat"),
        ("protocol/codec.py", "import store\n", "protocol/codec.py: protocol may not import store"),
        ("calls/unit.py", "from protocol import events\n", "calls/unit.py: calls may not import protocol"),
        ("handlers/rest.py", "from calls.unit import Unit\n", "handlers/rest.py: handlers may not import calls"),
        ("server.py", "import scripts.check\n", "server.py: server may not import scripts"),
        ("chat/people.py", "import server\n", "chat/people.py: chat may not import server"),
        ("chat/deep/people.py", "import msgspec\n", "chat/deep/people.py: msgspec lives in protocol, not in chat"),
        ("chat/people.py", "import sqlite3\n", "chat/people.py: sqlite3 lives in store, not in chat"),
        (
            "store/sockets.py",
            "def send():\n    from tornado.web import escape\n",
            "store/sockets.py: tornado lives in handlers and server, not in store",
        ),
        (
            "store/sockets.py",
            "import requests\n",
            "store/sockets.py: requests has no home: give it one in HOMES, and a pin in requirements.txt",
        ),
    ],
)
def test_an_import_that_runs_uphill_or_away_is_named(tmp_path: Path, path: str, text: str, said: str) -> None:
    assert objections(plant(tmp_path, {path: text})) == [said]


def test_what_runs_downhill_is_left_alone(tmp_path: Path) -> None:
    files = {
        "server.py": "import asyncio\nimport tornado.ioloop\nfrom handlers import routes\nfrom trust import machine\n",
        "chat/people.py": "from store import shelves\nfrom calls.unit import Unit\nfrom . import dispatch\n",
        "store/durable/sqlite.py": "import sqlite3\nfrom ..rows import Row\nfrom protocol import events\n",
    }
    assert objections(plant(tmp_path, files)) == []
