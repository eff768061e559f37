"""Readable: whatever somebody is called, wrote or named a file, in the page it is text and nothing else."""

import json
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import get_args

import pytest

from chat.export import Line
from handlers.readable import POLICY, Reader, foot, head, href, html_line, json_line, listed, moment, safe_name, size
from handlers.words import LANGUAGES
from protocol.calls import CallEnding
from protocol.events import CallEnded, ConversationCreated, Logged, MemberJoined, MemberLeft, MessageSent
from protocol.group_calls import CallClosed
from protocol.shapes import FileInfo, Poll

ANNA, BEN = "pannaaaaaaaaaa", "pbenaaaaaaaaaa"
PLACE = f"direct.{ANNA}.{BEN}"
EVIL = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>&lt;"
SAY = LANGUAGES["en"]
FILE = FileInfo(id="f" + "a" * 26, name=EVIL, type="image/png", size=4096)
ALLOWED = {"html", "head", "meta", "title", "style", "body", "main", "nav", "a", "h1", "p", "article", "header", "b"}
ALLOWED |= {"time", "blockquote", "ul", "li", "img"}


class Tags(HTMLParser):
    """Every tag and attribute of a page, as a browser would find them."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.text += data


def parsed(page: str) -> Tags:
    tags = Tags()
    tags.feed(page)
    return tags


def reader(name: str = "Ben", file: str = "", language: str = "en") -> Reader:
    return Reader(
        LANGUAGES[language],
        ANNA,
        lambda _: name,
        UTC,
        "UTC",
        lambda message, at: file,
        lambda seq: f"#m{seq}" if seq > 1 else "",
    )


def said(**given: object) -> MessageSent:
    about = {"conversation": PLACE, "seq": 2, "author": BEN, "at": 1_700_000_000_000, "text": "hello"}
    return MessageSent(**(about | given))  # type: ignore[arg-type]


def test_a_message_says_who_when_and_what() -> None:
    page = html_line(Line(said(), edited=True, reactions=[("👍", 2)]), reader())
    text = parsed(page).text
    assert all(one in text for one in ("Ben", "14 November 2023, 22:13", "edited", "hello", "👍 2"))
    assert 'class="theirs"' in page
    assert 'class="mine"' in html_line(Line(said(author=ANNA)), reader())


@pytest.mark.parametrize("file", ["", f"files/0001 {safe_name(EVIL)}"])
def test_nothing_that_somebody_wrote_is_markup(file: str) -> None:
    poll = Poll(options=[EVIL, "no"])
    line = Line(said(text=EVIL, files=[FILE], poll=poll, forwarded=BEN), reactions=[(EVIL, 1)], votes=[1, 0])
    links = [(f"conversations/001 {EVIL}/messages.html", EVIL)]
    page = head(SAY, EVIL, EVIL, links) + listed(links) + html_line(line, reader(EVIL, file)) + foot(SAY, links)
    tags = parsed(page)
    assert tags.tags <= ALLOWED
    assert not [name for name, _ in tags.attributes if name.startswith("on")]
    addresses = [value for name, value in tags.attributes if name in ("href", "src")]
    assert not [one for one in addresses if ":" in one.split("/")[0]]
    assert tags.text.count("<script>alert(1)</script>") >= 5


def test_the_page_forbids_itself_scripts_and_the_network() -> None:
    page = head(SAY, "Anna", "", [])
    assert "default-src 'none'" in POLICY
    assert "script-src" not in POLICY
    assert "unsafe" not in POLICY
    assert "Content-Security-Policy" in page.partition("<style>")[0], "before anything it should hold for"


def test_a_deleted_message_says_only_that_it_was_one() -> None:
    page = html_line(Line(said(text="", deleted=True)), reader())
    assert "This message was deleted." in page


def test_a_call_is_a_line_and_other_events_are_none() -> None:
    call = CallEnded(
        conversation=PLACE, seq=4, author=ANNA, at=0, target=3, call="c", caller=ANNA, reason="ended", seconds=67
    )
    assert "Voice call by Ben: 1:07" in html_line(Line(call), reader())
    created = ConversationCreated(conversation=PLACE, kind="direct")
    assert html_line(Line(created), reader()) == ""


ROOM = "room.rgardenaaaaaa"


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (
            CallClosed(conversation=ROOM, call="c", began=ANNA, seconds=67, people=[ANNA, BEN]),
            "Call in the room: 1:07 · ",
        ),
        (CallClosed(conversation=ROOM, call="c", began=ANNA, video=True), "Video call in the room: 0:00"),
        (MemberJoined(conversation=ROOM, author=BEN, person=BEN), "<Ben> joined"),
        (MemberJoined(conversation=ROOM, author=ANNA, person=BEN), "<Anna> added <Ben>"),
        (MemberLeft(conversation=ROOM, author=BEN, person=BEN), "<Ben> left"),
        (MemberLeft(conversation=ROOM, author=ANNA, person=BEN), "<Anna> removed <Ben>"),
        (MemberLeft(conversation=ROOM, author="", person=BEN), "<Ben> is no longer here"),
    ],
)
def test_a_rooms_calls_and_who_came_and_went_are_lines(event: Logged, words: str) -> None:
    called = replace(reader(), name=lambda person: {ANNA: "<Anna>", BEN: "<Ben>"}.get(person, "Somebody"))
    page = html_line(Line(event), called)
    assert words in parsed(page).text
    assert parsed(page).tags == {"p", "time"}


def test_an_answer_leads_to_its_message_where_that_is_there() -> None:
    assert '<a href="#m7">In reply</a>' in html_line(Line(said(reply=7)), reader())
    assert '<a href="#m7">In a thread</a>' in html_line(Line(said(target=7)), reader())
    assert "<a " not in html_line(Line(said(reply=1)), reader())


def test_each_json_line_is_one_line_and_reads_back() -> None:
    text = "two\nlines\u2028 and 'quotes' \"too\""
    line = json_line(Line(said(text=text, files=[FILE])), reader(EVIL, "files/0001 a.png"))
    assert line.count("\n") == 1
    body = json.loads(line)
    assert (body["text"], body["author_name"], body["files"][0]["path"]) == (text, EVIL, "files/0001 a.png")
    assert body["time"] == "2023-11-14T22:13:20+00:00"


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("holiday.png", "holiday.png"),
        ("../../etc/passwd", "passwd"),
        ("a:b*c?.txt", "a_b_c_.txt"),
        ("trailing. . ", "trailing"),
        ("..", "file"),
        ("", "file"),
        ("\u202egnp.exe", "gnp.exe"),
        ("nul\x00l", "null"),
        ("ü" * 100 + ".jpeg", "ü" * 55 + ".jpeg"),
        ("x" * 100, "x" * 60),
    ],
)
def test_a_name_is_safe_on_every_system(text: str, safe: str) -> None:
    assert safe_name(text) == safe


def test_an_address_within_the_archive_is_quoted() -> None:
    assert href("a b/ü#m2") == "a%20b/%C3%BC#m2"
    assert href('javascript:alert(1)//"') == "javascript%3Aalert%281%29//%22"


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_a_page_says_which_language_it_is_in(language: str) -> None:
    assert f'<html lang="{language}" dir="ltr">' in head(LANGUAGES[language], "Anna", "", [])


def test_a_message_is_told_in_the_readers_language() -> None:
    line = Line(said(forwarded=ANNA, reply=7, files=[FILE]), edited=True)
    text = parsed(html_line(line, reader(language="de"))).text
    words = ("Weitergeleitet", "Antwort", "bearbeitet", "14. November 2023, 22:13", "4,1 kB, nicht in diesem Export")
    assert [one for one in words if one not in text] == []


@pytest.mark.parametrize("language", list(LANGUAGES))
@pytest.mark.parametrize("ending", get_args(CallEnding))
def test_every_end_of_a_call_has_a_word(language: str, ending: CallEnding) -> None:
    call = CallEnded(
        conversation=PLACE, seq=4, author=ANNA, at=0, target=3, call="c", caller=ANNA, reason=ending, video=True
    )
    how = LANGUAGES[language](f"export.ending.{ending}")
    assert LANGUAGES[language]("export.videoCall", name="Ben", how=how) in html_line(
        Line(call), reader(language=language)
    )


AS_BROWSERS_DO = """
const form = new Intl.DateTimeFormat(process.argv[1], { dateStyle: "long", timeZone: "UTC" });
console.log(JSON.stringify([...Array(12).keys()].map((month) => form.format(Date.UTC(2026, month, 3)))));
"""


@pytest.mark.parametrize(("language", "locale"), [("en", "en-GB"), ("de", "de-DE"), ("es", "es-ES")])
def test_days_are_written_as_browsers_write_them(language: str, locale: str) -> None:
    node = [shutil.which("node") or "node", "-e", AS_BROWSERS_DO, locale]
    days = json.loads(subprocess.run(node, capture_output=True, text=True, check=True).stdout)
    ours = [moment(datetime(2026, month, 3, 14, 5, tzinfo=UTC), LANGUAGES[language]) for month in range(1, 13)]
    assert ours == [f"{day}, 14:05" for day in days]


@pytest.mark.parametrize(
    ("bytes_", "english", "german"),
    [
        (0, "0 B", "0 B"),
        (999, "999 B", "999 B"),
        (1000, "1 kB", "1 kB"),
        (3_449_000, "3.4 MB", "3,4 MB"),
        (12_345_678, "12 MB", "12 MB"),
        (5 * 10**15, "5000 TB", "5000 TB"),
    ],
)
def test_sizes_are_told_as_the_app_tells_them(bytes_: int, english: str, german: str) -> None:
    assert (size(bytes_, LANGUAGES["en"]), size(bytes_, LANGUAGES["de"])) == (english, german)
