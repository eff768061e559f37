"""In the phone app views rest on state, state on protocol, protocol on vendor; and only views know the DOM."""

import json
import re
from pathlib import Path

import pytest

from tests.house.tree import ROOT, plant

# Who may import whom: app.js -> views -> call -> state -> protocol -> vendor; strings.js rests on languages/ alone
DOWNHILL: dict[str, set[str]] = {
    "page": {"views", "call", "state", "protocol", "strings"},
    "views": {"views", "call", "state", "protocol", "strings", "languages"},
    "call": {"call", "state", "protocol", "strings"},
    "state": {"state", "protocol"},
    "protocol": {"protocol"},
    "strings": {"languages", "strings"},
    "languages": {"languages"},
}
CHOOSER = "known.js"  # of languages/: who fetches a catalogue, once it is chosen
TOOLS = {CHOOSER, "live.js", "plural.js"}  # of languages/: what is there before any catalogue
WORDS = {
    "strings.js",
    "strings-first.js",
    "strings-rooms.js",
    "strings-gathering.js",
    "strings-gear.js",
    "strings-leading.js",
}  # all English, in parts; the first is the first screen's
LINES = {"socket.js", "twin.js", "line.js", "link.js", "follow.js"}  # of protocol/: what holds a connection
WITHOUT_DOM = ("state/", "protocol/", "languages/", "call/layout.js")

COMMENT = re.compile(r"/\*.*?\*/|(?<![:\"'`])//[^\n]*", re.DOTALL)
STRING = re.compile(r"\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'")
IMPORT = re.compile(r"(?:\bfrom|\bimport)\s*\(?\s*[\"']([^\"']+)[\"']")
DOM = re.compile(r"(?<![\w$.])(document|window|HTML\w*Element)\b(?!\s*:)")
OWN = re.compile(r"\b(?:const|let)\s+(document|window)\b")  # a name of one's own, such as a window of messages


def layer(pwa: Path, path: Path) -> str:
    """The folder below pwa/ that a file belongs to; at the top "strings" for the words, else "page"."""
    parts = path.relative_to(pwa).parts
    if len(parts) > 1:
        return parts[0]
    return "strings" if path.name in WORDS else "page"


def import_map(pwa: Path) -> dict[str, str]:
    """Bare name -> address, as index.html has it."""
    page = pwa / "index.html"
    found = re.search(r'<script type="importmap"[^>]*>(.*?)</script>', page.read_text("utf-8"), re.DOTALL)
    assert found, "index.html has no import map"
    names: dict[str, str] = json.loads(found[1])["imports"]
    return names


def objection(pwa: Path, path: Path, name: str, known: dict[str, str]) -> str | None:
    """Why this file may not import that name, or None if it may."""
    if not name.startswith("."):
        return None if name in known else f"{name} is not in the import map"
    target = (path.parent / name).resolve()
    if not target.is_file():
        return f"{name} does not exist"
    home, there = layer(pwa, path), layer(pwa, target)
    if there == "vendor":
        return f"{name}: borrowed code is imported by its bare name"
    if home == "views" and there == "protocol" and target.name in LINES:
        return f"views never touch the connection: {name}"
    if path.name == CHOOSER and target.name == "strings.js":
        return None  # a pseudo language is made of English
    if there == "languages" and target.name not in TOOLS and path.name != CHOOSER:
        return f"words are read from strings.js, in whichever language: {name}"
    return None if there in DOWNHILL.get(home, set()) else f"{home} may not import {there}: {name}"


def modules(pwa: Path) -> list[Path]:
    """Our own modules of the page; the service worker is a program of its own."""
    vendor = pwa / "vendor"
    return [p for p in sorted(pwa.rglob("*.js")) if not p.is_relative_to(vendor) and p != pwa / "sw.js"]


def uphill(pwa: Path) -> list[str]:
    """All imports against the slope, one line each."""
    known = import_map(pwa)
    found: list[str] = []
    for path in modules(pwa.resolve()):
        names = IMPORT.findall(COMMENT.sub("", path.read_text("utf-8")))
        said = (objection(pwa.resolve(), path, name, known) for name in names)
        found.extend(f"{path.relative_to(pwa.resolve()).as_posix()}: {text}" for text in said if text)
    return found


def dom_in_the_depths(pwa: Path) -> list[str]:
    """Files that node must be able to run, and that name the DOM all the same."""
    found: list[str] = []
    for path in modules(pwa):
        name = path.relative_to(pwa).as_posix()
        code = STRING.sub('""', COMMENT.sub("", path.read_text("utf-8")))
        named = set(DOM.findall(code)) - set(OWN.findall(code))
        if name.startswith(WITHOUT_DOM):
            found.extend(f"{name}: {word}" for word in sorted(named))
    return found


def test_the_page_rests_on_what_is_below() -> None:
    assert uphill(ROOT / "pwa") == []


def test_state_and_protocol_never_touch_the_dom() -> None:
    assert dom_in_the_depths(ROOT / "pwa") == []


def test_the_import_map_leads_to_vendored_files() -> None:
    for name, address in import_map(ROOT / "pwa").items():
        assert address.startswith("/vendor/"), name
        assert (ROOT / "pwa" / address.lstrip("/")).is_file(), name


PAGE = {
    "index.html": '<script type="importmap">{"imports": {"preact": "/vendor/preact/preact.mjs"}}</script>',
    "protocol/socket.js": "export const socket = 1;\n",
    "protocol/errors.js": "export const errors = 1;\n",
    "state/people.js": 'import { errors } from "../protocol/errors.js";\n',
    "call/engine.js": 'import "../state/people.js";\n',
    "views/people.js": 'import { h } from "preact";\nimport "../state/people.js";\nimport "../protocol/errors.js";\n',
    "languages/known.js": 'export const load = () => import("./de.js");\n',
    "languages/de.js": 'import { counting } from "./plural.js";\n',
    "languages/plural.js": "export const counting = 1;\n",
    "strings.js": 'import { counting } from "./languages/plural.js";\n',
    "vendor/preact/preact.mjs": "export const h = 1;\n",
}


@pytest.mark.parametrize(
    ("path", "text", "said"),
    [
        ("views/a.js", 'import { socket } from "../protocol/socket.js";', "views never touch the connection"),
        ("state/a.js", 'import { x } from "../views/people.js";', "state may not import views"),
        ("state/a.js", 'const lazy = import("../views/people.js");', "state may not import views"),
        ("state/a.js", 'import { x } from "../call/engine.js";', "state may not import call"),
        ("protocol/a.js", 'export { x } from "../state/people.js";', "protocol may not import state"),
        ("views/a.js", 'import { catalogue } from "../languages/de.js";', "words are read from strings.js"),
        ("strings.js", 'import { x } from "./languages/de.js";', "words are read from strings.js"),
        ("languages/fr.js", 'import { english } from "../strings.js";', "languages may not import strings"),
        ("state/a.js", 'import { x } from "../strings.js";', "state may not import strings"),
        ("views/a.js", 'import lodash from "lodash";', "lodash is not in the import map"),
        ("views/a.js", 'import "../state/gone.js";', "../state/gone.js does not exist"),
        ("views/a.js", 'import "../vendor/preact/preact.mjs";', "borrowed code is imported by its bare name"),
    ],
)
def test_an_import_against_the_slope_is_named(tmp_path: Path, path: str, text: str, said: str) -> None:
    assert uphill(plant(tmp_path, PAGE)) == []
    found = uphill(plant(tmp_path, {path: text}))
    assert len(found) == 1
    assert found[0].startswith(path)
    assert said in found[0]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("state/a.js", "document.title = 'x';"),
        ("protocol/a.js", "window.setTimeout(f);"),
        ("call/layout.js", "const w = window.innerWidth;"),
        ("state/a.js", "export const isField = (target) => target instanceof HTMLInputElement;"),
    ],
)
def test_the_dom_in_the_depths_is_named(tmp_path: Path, path: str, text: str) -> None:
    assert [line.split(":")[0] for line in dom_in_the_depths(plant(tmp_path, {path: text}))] == [path]


def test_words_in_comments_and_strings_are_no_dom(tmp_path: Path) -> None:
    text = '// the window\n/* document */\nconst a = "document";\nconst b = row.window;\n'
    text += "const window = { first: 1 };\nexport const { first } = window;\n"
    assert dom_in_the_depths(plant(tmp_path, {"state/a.js": text, "views/a.js": "document.title = 'x';"})) == []
