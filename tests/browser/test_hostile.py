"""Texts that mean harm, wherever a text stands: nothing runs, nothing widens the page, no name turns another."""

import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looks import flaws
from tests.browser.people import begin
from tests.browser.phones import Phone
from tests.browser.program import Program, nonce
from tests.browser.running import RunningServer
from tests.browser.test_text import is_unharmed
from tests.hostile import FAMILY, PWNED

PickUp = Callable[..., Phone]

WIDE = "W" * 40
TURNED = "אבגד (1)!"  # whose brackets and mark would change sides with what stands beside them
TOPIC = f"<img src=x onerror={PWNED}> " + "w" * 200 + " סוף"
ABOUT = f"\u202e<script>{PWNED}</script> " + "a" * 120
TEXTS = [
    f"<script>{PWNED}</script>",
    f"<img src=x onerror={PWNED}>",
    f"<svg/onload={PWNED}>",
    f"javascript:{PWNED}",
    f"[here](javascript:{PWNED})",
    f'https://example.org/"onmouseover="{PWNED}',
    f'<a href="javascript:{PWNED}">here</a>',
    f'<iframe srcdoc="<script>parent.{PWNED}</script>">',
    "<style>*{display:none}</style><base href=//evil.example>",
    f"{{{{constructor.constructor('{PWNED}')()}}}}",
    f"${{{PWNED}}}",
    "</textarea></title></script><!--",
    "\u202eturned round\u202c and on",
    "\u2067turned and never ended",
    "שלום, (world)! سلام",
    "Z" + "\u0301\u0310\u0327\u0330" * 60 + "algo",
    "\u0e49" * 300,
    "w" * 4000,
    "\ufdfd" * 40,
    "👩‍👩‍👧‍👦" * 60,
    FAMILY,
    "🇩🇪" * 200,
    "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
    "👍\ufe0e\u2764",
    "a\u200bb\u200bc\ufeffd",
    "\u2028line\u2029paragraph\x85next",
    "nul \0 and bell \a and escape \x1b[31m",
    "__proto__ constructor hasOwnProperty",
    "> > > > > > deeper\n> > > > > > and deeper",
    "```\n" + "code" * 300 + "\n```",
    "*_~`" * 300,
    "- " * 400,
    "1. " * 400,
    "@" * 300,
    "https://" + "a" * 2000 + ".example/",
    "https://аррӏе.com/ https://user:pass@evil.example/",
    "tab\tand\n\n\n\n\n\n\n\n\n\nmany lines",
    "|" * 500,
    "％００％０ａ <b>%00</b> &lt;b&gt; &#x3c;",
    "ﷺ\u0489\u0488 \U000e0041 \u034f\u115f",
]


@pytest.fixture
def program(open_server: RunningServer) -> Iterator[Callable[[str], Program]]:
    """Somebody of this name on the socket, who leaves at the end."""
    held: list[Program] = []

    def come(name: str) -> Program:
        held.append(Program(open_server, name))
        return held[-1]

    yield come
    for one in held:
        one.close()


def person_of(page: Page) -> str:
    said: str = page.evaluate("async () => (await import('/state/world.js')).world.value.me")
    return said


class Screens:
    """A page that is looked at screen by screen; each is drawn to `looked` when that is wanted."""

    def __init__(self, page: Page, name: str, folder: Path) -> None:
        self.page, self.name, self.folder, self.count = page, name, folder, 0
        page.on("dialog", lambda dialog: (_ for _ in ()).throw(AssertionError(dialog.message)))

    def goes(self, path: str) -> None:
        self.page.evaluate("(hash) => { location.hash = hash; }", path)

    def holds(self, what: str) -> None:
        """Nothing ran, nothing is cut or too wide on the screen as it stands."""
        assert self.page.evaluate("window.__pwned") is None, what
        is_unharmed(self.page)
        found = flaws(self.page)
        assert not found, f"{what}: {found}"
        self.count += 1
        self.page.screenshot(path=self.folder / f"{self.name}-{self.count:02}-{what}.png")


def test_nothing_written_does_harm_in_any_place(
    phone: PickUp, open_server: RunningServer, program: Callable[[str], Program], tmp_path: Path
) -> None:
    hers, his = phone(360, 740, name="anna"), phone(1280, 800, dark=True, name="bob")
    anna, bob = hers.join("Anna"), his.join("Bob")
    wide, turned = program(WIDE), program(TURNED)
    for one in (wide, turned):
        one.asks("profile.change", nonce=nonce(), about=ABOUT)
        one.asks("status.set", status="busy", text=f"<b onclick={PWNED}> " + "s" * 50)
    members = [person_of(anna), person_of(bob), wide.client.person]
    title = f"<i>{'T' * 40}</i> ({FAMILY})"
    room = turned.asks("room.create", nonce=nonce(), title=title, topic=TOPIC, members=members, public=True)[
        "conversation"
    ]
    at = {"conversation": room}
    said = [wide.asks("message.send", nonce=nonce(), **at, text=text)["seq"] for text in TEXTS]
    fallen = dict(zip(TEXTS, said, strict=True))
    for seq in said[-3:]:
        turned.asks("message.send", nonce=nonce(), **at, text=TEXTS[13], reply=seq)
        wide.asks("message.edit", nonce=nonce(), **at, target=seq, text=TEXTS[1])
        turned.asks("reaction.set", nonce=nonce(), **at, target=seq, emoji=FAMILY, on=True)
    for seq in said[:3]:
        turned.asks("message.send", nonce=nonce(), **at, text=TEXTS[0], target=seq)
        turned.asks("pin.set", nonce=nonce(), **at, target=seq, on=True)
    options = [f"<script>{PWNED}</script>", "o" * 120, "\u05d0\u05d1 (2)!", FAMILY * 5]
    poll = turned.asks("message.send", nonce=nonce(), **at, text=TEXTS[17][:200], poll={"options": options})["seq"]
    low, high = sorted((wide.client.person, person_of(anna)))
    own = f"direct.{low}.{high}"
    wide.asks("message.send", nonce=nonce(), conversation=own, text=TEXTS[0])
    wide.asks("message.send", nonce=nonce(), conversation=own, forward={"conversation": room, "seq": fallen[TEXTS[12]]})

    for page, name in ((anna, "anna"), (bob, "bob")):
        looks = Screens(page, name, tmp_path)
        expect(page.get_by_role("list", name="Conversations")).to_contain_text("TTTT")
        looks.holds("list")
        looks.goes(f"#/c/{room}")
        log = page.get_by_role("log", name="Messages")
        expect(log.get_by_text(TEXTS[0]).first).to_be_visible()
        looks.holds("conversation")
        for seq in (*(fallen[text] for text in (TEXTS[15], TEXTS[17], TEXTS[20], TEXTS[29])), poll):
            looks.goes(f"#/c/{room}/{seq}")
            expect(log.locator(f'[data-seq="{seq}"]').first).to_be_in_viewport()
            looks.holds(f"message-{seq}")
        looks.goes(f"#/t/{room}/{said[0]}")
        expect(page.get_by_role("complementary", name="Thread").or_(log).last).to_contain_text("script")
        looks.holds("thread")
        looks.goes(f"#/r/{room}")
        expect(page.get_by_role("button", name="Copy the link to this room")).to_be_visible()
        looks.holds("room")
        looks.goes(f"#/p/{wide.client.person}")
        expect(page.get_by_role("heading", name=WIDE)).to_be_visible()
        looks.holds("person")
        looks.goes(f"#/p/{turned.client.person}")
        expect(page.get_by_role("heading", name=TURNED)).to_be_visible()
        looks.holds("person-turned")
        looks.goes("#/people")
        expect(page.get_by_role("list", name="People").last).to_contain_text(WIDE)
        looks.holds("people")
        looks.goes("#/rooms")
        expect(page.get_by_text("TTTT").last).to_be_visible()
        looks.holds("rooms")
        looks.goes("#/chats")
        page.get_by_role("searchbox", name="Search", exact=True).fill("script")
        expect(page.get_by_role("list", name="Messages").get_by_role("button").first).to_be_visible()
        looks.holds("found")
        page.get_by_role("searchbox", name="Search", exact=True).fill("")
    is_isolated(anna)
    begin(anna, WIDE)
    expect(anna.get_by_text("Forwarded from")).to_be_visible()
    Screens(anna, "anna-direct", tmp_path).holds("forwarded")
    takes_along(anna, hers, tmp_path)


def is_isolated(page: Page) -> None:
    """Every name and text of somebody is its own piece of writing: it cannot turn what stands beside it."""
    loose = page.evaluate(
        """(name) => {
            const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
            const loose = [];
            while (walk.nextNode()) {
                const node = walk.currentNode;
                const shown = node.parentElement.closest("bdi, [dir=auto]") ||
                    getComputedStyle(node.parentElement).unicodeBidi !== "normal";
                if (node.data.includes(name) && !shown) loose.push(node.parentElement.outerHTML.slice(0, 200));
            }
            return loose;
        }""",
        TURNED,
    )
    assert loose == []


def takes_along(page: Page, phone: Phone, folder: Path) -> None:
    """The pages of an export, opened from the disk, do as little."""
    page.evaluate("location.hash = '#/settings'")
    with page.expect_download() as download:
        page.get_by_role("link", name="Export my conversations").click()
    download.value.save_as(folder / "parley.zip")
    with zipfile.ZipFile(folder / "parley.zip") as made:
        made.extractall(folder / "export")
    export = phone.context.new_page()
    pages = sorted((folder / "export").rglob("*.html"))
    assert len(pages) > 2
    for one in pages:
        export.goto(one.as_uri())
        assert export.evaluate("window.__pwned") is None
        assert export.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), one
        assert export.locator("script, iframe, object, embed, [onerror], [onload]").count() == 0
        export.screenshot(path=folder / f"export-{pages.index(one)}.png")
    export.close()
