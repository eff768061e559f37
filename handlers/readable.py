"""Readable: a conversation as a page that any browser shows without us, and as lines that any program reads.

No script, nothing from the network, and not one character that somebody wrote is markup: everything passes through
`escape`, links are made from what this file built itself. The policy in the page holds even if that were missed.
"""

import base64
import hashlib
import json
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from html import escape
from typing import Any
from urllib.parse import quote

from chat.export import Line
from handlers.downloads import INLINE
from handlers.words import Words
from protocol.events import CallEnded, Logged, MemberJoined, MemberLeft, MessageSent
from protocol.group_calls import CallClosed
from protocol.records import as_json
from protocol.shapes import FileInfo
from store.filenames import clean_name

MAX_TITLE = 60  # characters of a folder's name
UNITS = ("B", "kB", "MB", "GB", "TB")
MAX_FILE = 80  # characters of a file's name
_FORBIDDEN = re.compile(r'[<>:"|?*\\/]')  # on Windows; a path may hold 260 characters there, hence the limits above

STYLE = """
:root{color-scheme:light dark}
body{max-width:44rem;margin:0 auto;padding:1rem;font:1rem/1.45 system-ui,sans-serif;overflow-wrap:anywhere}
h1{font-size:1.4rem}nav a{margin-inline-end:1rem}
article{margin:.6rem 0;padding:.5rem .8rem;border-radius:.8rem;background:#8881;overflow:hidden}
article.mine{background:#0f766e22}article:target{outline:2px solid #0f766e}
header{font-size:.85rem;opacity:.8}header b{opacity:1}
p{margin:.2rem 0;white-space:pre-wrap}
blockquote{margin:.2rem 0;padding-inline-start:.6rem;border-inline-start:3px solid #8886}
img{max-width:100%;max-height:20rem;border-radius:.5rem}ul{margin:.2rem 0;padding-inline-start:1.2rem}
.note{opacity:.75;font-size:.85rem;text-align:center}
""".strip()
_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
POLICY = f"default-src 'none'; style-src 'sha256-{_HASH}'; img-src 'self' file:; base-uri 'none'; form-action 'none'"


@dataclass(frozen=True)
class Reader:
    """Who reads it: what people are called, in which language and time, and where things lie, "" where they do not.

    `file` is the path of a message's file, `message` the address of the message at a place in the log.
    """

    say: Words
    me: str
    name: Callable[[str], str]
    zone: tzinfo
    zone_name: str
    file: Callable[[MessageSent, int], str]
    message: Callable[[int], str]


def head(say: Words, title: str, note: str, links: list[tuple[str, str]]) -> str:
    """Everything before the messages. `links` are (address within the archive, words)."""
    shown = "".join(f'<a href="{href(to)}">{escape(words)}</a>' for to, words in links)
    return (
        f'<!doctype html>\n<html lang="{say.language}" dir="{say.direction}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}">'
        f'<meta name="viewport" content="width=device-width,initial-scale=1">'
        f'<meta name="referrer" content="no-referrer"><title>{escape(title)}</title><style>{STYLE}</style></head>'
        f'<body>\n<nav aria-label="{escape(say("export.pages"))}">{shown}</nav>\n<main>\n'
        f'<h1 dir="auto">{escape(title)}</h1>\n<p class="note">{escape(note)}</p>\n'
    )


def foot(say: Words, links: list[tuple[str, str]]) -> str:
    """Everything after the messages."""
    shown = "".join(f'<a href="{href(to)}">{escape(words)}</a>' for to, words in links)
    label = escape(say("export.morePages"))
    return f'</main>\n<nav aria-label="{label}">{shown}</nav>\n</body></html>\n'


def listed(links: list[tuple[str, str]]) -> str:
    """A list of links, as the index has it."""
    items = "".join(f'<li dir="auto"><a href="{href(to)}">{escape(words)}</a></li>\n' for to, words in links)
    return f"<ul>\n{items}</ul>\n"


def html_line(line: Line, reader: Reader) -> str:
    """One line of the conversation; nothing for what says nothing to a reader."""
    event = line.event
    if not isinstance(event, MessageSent):
        notice = _notice(event, reader)
        return f'<p class="note" dir="auto">{escape(notice)}, {_time(event.at, reader)}</p>\n' if notice else ""
    said = "".join(
        [_quote(event, reader), *_words(event, reader), *_files(event, reader), _poll(line, event), _under(line)]
    )
    kind = "mine" if event.author == reader.me else "theirs"
    edited = f" · {escape(reader.say('export.edited'))}" if line.edited else ""
    by = f'<header><b dir="auto">{escape(reader.name(event.author))}</b> {_time(event.at, reader)}{edited}</header>'
    return f'<article class="{kind}" id="m{event.seq}">{by}{said}</article>\n'


def json_line(line: Line, reader: Reader) -> str:
    """The same as one line of JSON: the event as it stands, with names beside ids."""
    event = line.event
    body: dict[str, Any] = {
        "name": event.name,
        "time": datetime.fromtimestamp(event.at / 1000, reader.zone).isoformat(),
    }
    body |= {"author_name": reader.name(event.author)} | as_json(event)
    if isinstance(event, MessageSent):
        body |= {"edited": line.edited, "reactions": dict(line.reactions), "votes": line.votes}
        places = [reader.file(event, at) for at in range(len(event.files))]
        body["files"] = [
            {**as_json(file), "path": place or None} for file, place in zip(event.files, places, strict=True)
        ]
    return json.dumps(body, ensure_ascii=False) + "\n"


def href(path: str) -> str:
    """An address within the archive, safe in an attribute."""
    return escape(quote(path, safe="/#"))


def safe_name(text: str, most: int = MAX_TITLE, fallback: str = "file") -> str:
    """A name that every system takes, after a number (so that no device of Windows is called so, nor two the same)."""
    name = _FORBIDDEN.sub("_", clean_name(unicodedata.normalize("NFC", text)))
    stem, dot, end = name.rpartition(".")
    if len(name) > most:
        keep = f"{dot}{end}" if stem and len(end) <= 10 else ""
        name = name[: most - len(keep)].rstrip(". ") + keep
    return name.strip(" .") or fallback


def moment(at: datetime, say: Words) -> str:
    """A day and a time of day, as people of the language write them."""
    given = {"day": str(at.day), "month": say.section("export")["months"][at.month - 1], "year": str(at.year)}
    return say("export.moment", **given, time=f"{at:%H:%M}")


def size(bytes_: int, say: Words) -> str:
    """ "12 kB", "3.4 MB": as the app says it."""
    power = min((len(str(bytes_)) - 1) // 3, len(UNITS) - 1)
    amount = bytes_ / 1000**power
    number = f"{amount:.1f}".removesuffix(".0") if power and amount < 10 else f"{amount:.0f}"
    return f"{number.replace('.', say('export.decimal'))} {UNITS[power]}"


def _time(at: int, reader: Reader) -> str:
    then = datetime.fromtimestamp(at / 1000, reader.zone)
    return f'<time datetime="{then.isoformat()}">{escape(moment(then, reader.say))}</time>'


def _quote(event: MessageSent, reader: Reader) -> str:
    seq = event.reply or event.target
    if not seq:
        return ""
    words = escape(reader.say("export.reply") if event.reply else reader.say("export.thread"))
    address = reader.message(seq)
    return f'<blockquote><a href="{href(address)}">{words}</a></blockquote>' if address else ""


def _words(event: MessageSent, reader: Reader) -> list[str]:
    if event.deleted:
        return [f'<p class="note">{escape(reader.say("export.deleted"))}</p>']
    forwarded = [f'<p class="note">{escape(reader.say("export.forwarded"))}</p>'] if event.forwarded else []
    return [*forwarded, f'<p dir="auto">{escape(event.text)}</p>'] if event.text else forwarded


def _files(event: MessageSent, reader: Reader) -> list[str]:
    return [_file(file, reader.file(event, at), reader.say) for at, file in enumerate(event.files)]


def _file(file: FileInfo, place: str, say: Words) -> str:
    name, large = escape(file.name), size(file.size, say)
    if not place:
        return f'<p class="note" dir="auto">{escape(say("export.file", name=file.name, size=large))}</p>'
    if file.type in INLINE and file.type.startswith("image/"):
        return f'<p><a href="{href(place)}"><img src="{href(place)}" alt="{name}" loading="lazy"></a></p>'
    return f'<p dir="auto"><a href="{href(place)}">{name}</a> ({large})</p>'


def _poll(line: Line, event: MessageSent) -> str:
    if event.poll is None:
        return ""
    counts = [*line.votes, *([0] * len(event.poll.options))]
    options = "".join(
        f'<li dir="auto">{escape(option)}: {count}</li>'
        for option, count in zip(event.poll.options, counts, strict=False)
    )
    return f"<ul>{options}</ul>"


def _under(line: Line) -> str:
    shown = " ".join(f"{escape(emoji)} {count}" for emoji, count in line.reactions)
    return f'<p class="note">{shown}</p>' if shown else ""


def _notice(event: Logged, reader: Reader) -> str:
    """Calls that are over, and who came and went; "" for what is no line of a page."""
    if isinstance(event, CallEnded):
        return _call(event, reader)
    if isinstance(event, CallClosed):
        who = ", ".join(reader.name(person) for person in event.people)
        how = f"{_length(event.seconds)} · {who}"
        return reader.say("export.roomVideoCall", how=how) if event.video else reader.say("export.roomCall", how=how)
    if isinstance(event, MemberJoined | MemberLeft):
        return _came_or_went(event, reader)
    return ""


def _came_or_went(event: MemberJoined | MemberLeft, reader: Reader) -> str:
    whom, by, say = reader.name(event.person), reader.name(event.author), reader.say
    if isinstance(event, MemberJoined):
        alone = event.author in (event.person, "")
        return say("export.joined", name=whom) if alone else say("export.added", name=whom, by=by)
    if not event.author:
        return say("export.gone", name=whom)
    return say("export.left", name=whom) if event.author == event.person else say("export.removed", name=whom, by=by)


def _length(seconds: int) -> str:
    return f"{seconds // 60}:{seconds % 60:02}"


def _call(event: CallEnded, reader: Reader) -> str:
    how = _length(event.seconds) if event.seconds else reader.say(f"export.ending.{event.reason}")
    name = reader.name(event.caller)
    return (
        reader.say("export.videoCall", name=name, how=how)
        if event.video
        else reader.say("export.voiceCall", name=name, how=how)
    )
