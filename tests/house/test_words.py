"""Every word a person reads stands in the catalogue, and is read while rendering: else a switch would not reach it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.test_page_layers import COMMENT, modules
from tests.house.tree import ROOT, plant

SCREENS = ("views/", "call/", "state/")  # of pwa/: where words could hide
HEARD = "aria-label|aria-description|aria-placeholder|aria-roledescription|placeholder|title|alt|label"
ATTRIBUTE = re.compile(rf"\b(?:{HEARD})=(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>$]+))")
TAG = re.compile(r"<[^<>]*>")
WORD = re.compile(r"[^\W\d_]{2,}")
SENTENCE = re.compile(r"[A-Z][\w'’]*(?:,? [\w'’“”]+)+[.!?…:]*|[A-Z]\w+[.!?…]")  # "Not sent.", "Say hello"
ALONE = re.compile(r"[A-Z][a-z]+")  # "Somebody"
QUOTED = re.compile(r"\"((?:\\.|[^\"\\\n])*)\"|'((?:\\.|[^'\\\n])*)'")
FOR_DEVELOPERS = re.compile(r"\b(?:Error|console\.\w+)\(\s*$")
HELD = re.compile(r"\bstrings\.([\w.]+)")

WHOLE = {"english", "first"}  # what strings.js and strings-first.js call the catalogue itself

# Words that are the same in every language
NAMES = {"Parley"}
# Of the platform: keys of a keyboard, what it names its own things
PLATFORM = {"Arrow", "End", "Enter", "Escape", "Files", "Home", "Location", "Notification", "Tab"}


def templates(code: str) -> Iterator[tuple[int, str]]:
    """Each html`…` with its place; what stands in ${…} is left out, and templates within it come on their own."""
    for start in re.finditer(r"\bhtml`", code):
        yield start.start(), "".join(_pieces(code, start.end()))


def _pieces(code: str, at: int) -> Iterator[str]:
    """The text of one template from its first character to its end; a dollar sign for each expression."""
    while at < len(code) and code[at] != "`":
        if code.startswith("${", at):
            yield "$"
            at = _after_expression(code, at + 2)
        else:
            yield code[at]
            at += 1


def _after_expression(code: str, at: int) -> int:
    """The place behind the brace that ends an expression, past braces, quotes and templates within it."""
    depth = 1
    while at < len(code) and depth:
        if code[at] == "`":
            at = _after_template(code, at + 1)
            continue
        if quoted := QUOTED.match(code, at):
            at = quoted.end()
            continue
        depth += {"{": 1, "}": -1}.get(code[at], 0)
        at += 1
    return at


def _after_template(code: str, at: int) -> int:
    while at < len(code) and code[at] != "`":
        at = _after_expression(code, at + 2) if code.startswith("${", at) else at + 1
    return at + 1


def said_in_markup(markup: str) -> Iterator[str]:
    """Words between tags, and in attributes that are heard or seen."""
    markup = re.sub(r"=>", "", markup)
    for found in ATTRIBUTE.finditer(markup):
        yield next(filter(None, found.groups()), "")
    yield from TAG.split(re.sub(r"<[^<>]*$", "", markup))


def said_in_code(code: str) -> Iterator[tuple[int, str]]:
    """String literals that read like a sentence or its first word, but for those that only a developer meets."""
    for found in QUOTED.finditer(code):
        text = found[1] or found[2] or ""
        is_word = ALONE.fullmatch(text) and text not in PLATFORM
        if (is_word or SENTENCE.fullmatch(text)) and not FOR_DEVELOPERS.search(code[: found.start()]):
            yield found.start(), text


def homeless_words(pwa: Path) -> list[str]:
    """Words outside the catalogue, with file and line."""
    found: list[str] = []
    for path in modules(pwa):
        name = path.relative_to(pwa).as_posix()
        if not name.startswith(SCREENS):
            continue
        code = COMMENT.sub(lambda one: re.sub(r"[^\n]", " ", one[0]), path.read_text("utf-8"))
        marked = [(at, text) for at, markup in templates(code) for text in said_in_markup(markup)]
        said = [one for one in (*marked, *said_in_code(code)) if set(WORD.findall(one[1])) - NAMES]
        found += [f"{name}:{code.count(chr(10), 0, at) + 1}: {' '.join(text.split())}" for at, text in sorted(said)]
    return list(dict.fromkeys(found))


def shape(pwa: Path) -> set[str]:
    """The catalogue's sections, as `calls` or `call.endings`: what a view may hold on to."""
    sections: set[str] = set()
    for path in pwa.glob("strings*.js"):
        root: list[str] = []
        open_now: list[str] = []
        for line in path.read_text("utf-8").splitlines():
            depth = (len(line) - len(line.lstrip())) // 2
            if part := re.match(r"export const (\w+) = \{$", line):
                root = [] if part[1] in WHOLE else [part[1]]  # a part that strings.js takes in by its name
                sections.update(root)
            elif begins := re.match(r"\s+(?:(\w+)|\"([^\"]+)\"): \{$", line):
                open_now = [*open_now[: depth - 1], begins[1] or begins[2]]
                sections.add(".".join([*root, *open_now]))
    return sections


def held_words(pwa: Path) -> list[str]:
    """Words read when a module is loaded: they would stay in the language of that moment."""
    sections = shape(pwa)
    found: list[str] = []
    for path in modules(pwa):
        name = path.relative_to(pwa).as_posix()
        if not name.startswith(SCREENS):
            continue
        code = COMMENT.sub(lambda one: re.sub(r"[^\n]", " ", one[0]), path.read_text("utf-8"))
        for start in re.finditer(r"^(?:export )?(?:const|let) .*?(?:;$|(?=^\S))", code, re.MULTILINE | re.DOTALL):
            if "=>" in start[0] or "function" in start[0]:
                continue
            line = code.count("\n", 0, start.start()) + 1
            words = (one for one in HELD.findall(start[0]) if one not in sections)
            found.extend(f"{name}:{line}: strings.{word}" for word in words)
    return found


def test_every_word_stands_in_the_catalogue() -> None:
    assert homeless_words(ROOT / "pwa") == []


def test_no_word_is_held_on_to() -> None:
    assert held_words(ROOT / "pwa") == []


@pytest.mark.parametrize(
    ("path", "text", "said"),
    [
        ("views/a.js", "html`<p>Say hello</p>`", "views/a.js:1: Say hello"),
        ("views/a.js", "html`<p>${strings.a}</p><b>New</b>`", "views/a.js:1: New"),
        ("views/a.js", "html`<a title=${x}>${go && html`<i>Gone</i>`}</a>`", "views/a.js:1: Gone"),
        ("views/a.js", '\nhtml`<input placeholder="Your name" />`', "views/a.js:2: Your name"),
        ("views/a.js", 'html`<button aria-label="Close" onClick=${() => go()}></button>`', "views/a.js:1: Close"),
        ("state/a.js", 'signedOut("This device was signed out.");', "state/a.js:1: This device was signed out."),
        ("state/a.js", 'return { id, name: "Someone" };', "state/a.js:1: Someone"),
        ("call/a.js", "document.title = 'Calling you';", "call/a.js:1: Calling you"),
    ],
)
def test_a_word_outside_the_catalogue_is_named(tmp_path: Path, path: str, text: str, said: str) -> None:
    assert homeless_words(plant(tmp_path, {path: text})) == [said]


@pytest.mark.parametrize(
    "text",
    [
        "html`<p class=\"row own\" onClick=${() => go('x')}>${strings.chats.label}</p>`",
        'html`<button aria-label=${strings.close} type="button">×</button>`',
        "html`<h1>Parley</h1><span>${count} %</span>`",
        'throw new Error("Expected a list");',
        'const kind = "direct"; const type = "application/json"; const key = "ArrowDown";',
        'if (event.key === "Escape" || event.key === "Tab") close();',
        "// Say hello\n/* html`<p>Say hello</p>` */",
        "html`<${Row} key=${one.id} act=${() => open(one)} />`",
    ],
)
def test_what_nobody_reads_is_no_word(tmp_path: Path, text: str) -> None:
    assert homeless_words(plant(tmp_path, {"views/a.js": text})) == []


WORDS = {
    "strings.js": 'export const english = {\n  close: "Close",\n  call: {\n    end: "End",\n  },\n};\n',
    "strings-rooms.js": 'export const rooms = {\n  roles: {\n    host: "Host",\n  },\n};\n',
    "strings-first.js": 'export const first = {\n  join: {\n    button: "Join",\n  },\n};\n',
}


def test_a_word_that_is_held_on_to_is_named(tmp_path: Path) -> None:
    text = "const LABELS = {\n  end: strings.call.end,\n};\nconst close = strings.close;\n"
    assert held_words(plant(tmp_path, {**WORDS, "views/a.js": text})) == [
        "views/a.js:1: strings.call.end",
        "views/a.js:4: strings.close",
    ]


def test_a_section_may_be_held_on_to_and_a_function_reads_anew(tmp_path: Path) -> None:
    text = "const words = strings.call;\nconst rooms = strings.rooms;\nconst close = () => strings.close;\n"
    text += "function a() {\n  const b = strings.close;\n}\n"
    assert held_words(plant(tmp_path, {**WORDS, "views/a.js": text})) == []
