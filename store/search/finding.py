"""Reading the index: drawer by drawer from the newest on, and no further than is needed for one page of hits.

What a person may not see is left out by the question itself, before anything is counted. A newcomer's first mistake is
to filter afterwards: then the number of hits, or where a page ends, tells of what is hidden.
"""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from protocol.answers import Reach
from store.search.grams import AUTHOR, FILE, PLACE, Wanted, mark, match, read_query
from store.search.schema import DRAWER_BITS

NEWEST_MESSAGES = 50_000  # that are looked through, one by one, when a question is too short for the index
SLICE = 5_000  # of them at a time
MAX_NAMED = 256  # conversations that a question to the index names; somebody in more of them is in most that is said
MOST = 5  # who is in one of so many parts of what is said: then it is quicker to look at all of it one by one

REACH = """
    with reach (place, first, last) as materialized (
        select json_extract(value, '$[0]'), json_extract(value, '$[1]'), json_extract(value, '$[2]')
        from json_each(:reach)
    )
"""
SEEN = """
    m.id >= :bottom and m.id < :top and m.at >= :after and m.at < :before and (
        m.place not in (select place from reach)
        or exists (select 1 from reach where reach.place = m.place and m.seq between reach.first and reach.last)
        and (m.thread = 0 or exists (
            select 1 from reach where reach.place = m.place and m.thread between reach.first and reach.last
        ))
    )
"""
"""`reach` has the ranges of those conversations that are not seen whole."""
MINE = "m.place in (select value from json_each(:mine))"
HIT = """
    select p.conversation, m.seq, m.source, a.person, m.at, m.thread
    from messages m join places p on p.number = m.place join authors a on a.number = m.author where m.id = ?
"""
FOR_EVER = 2**53


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of hits ended, and where the next goes on."""

    at: int
    conversation: str
    seq: int


@dataclass(frozen=True, slots=True)
class Question:
    """What is looked for, and `reaches`: in which parts of which conversations whoever asks may look.

    `after` is the earliest `at`, `before` the first that is too late, in ms, 0 for no end. `files` wants some.
    """

    reaches: Mapping[str, Sequence[Reach]]
    text: str = ""
    author: str = ""
    after: int = 0
    before: int = 0
    files: bool = False
    older_than: Place | None = None
    limit: int = 20


@dataclass(frozen=True, slots=True)
class Hit:
    """A message that answers. Its words stand in the log's row `source`; `thread` is 0 outside of one."""

    conversation: str
    seq: int
    source: int
    author: str
    at: int
    thread: int


@dataclass(frozen=True, slots=True)
class Found:
    """Hits, newest first. `more` is where to go on; `partial`: only the newest messages were looked through."""

    hits: list[Hit] = field(default_factory=list)
    more: Place | None = None
    partial: bool = False


def find(link: sqlite3.Connection, question: Question) -> Found:
    """The newest messages that answer, from one moment of the index. Raises sqlite3.Error."""
    wanted = read_query(question.text)
    if question.text.strip() and not wanted.words:
        return Found()
    link.execute("begin")
    try:
        looking = _prepare(link, question, wanted)
        return looking.all() if looking else Found()
    finally:
        link.execute("rollback")


def _prepare(link: sqlite3.Connection, question: Question, wanted: Wanted) -> "_Looking | None":
    places = _places(link, question.reaches)
    author = link.execute("select number from authors where person = ?", (question.author,)).fetchone()
    bottom, top = _bounds(link, question)
    if not places or (question.author and author is None) or bottom >= top:
        return None
    grams = list(wanted.grams)
    grams += [mark(AUTHOR, author[0])] if question.author else []
    grams += [mark(FILE, 0)] if question.files else []
    one_by_one = bool(wanted.words) and not wanted.grams
    is_named = len(places) <= MAX_NAMED and not (one_by_one and _is_in_most(link, places))
    reach = [
        (number, one.first, one.last)
        for number, (name, upto) in places.items()
        if not _is_whole(question.reaches[name], upto)
        for one in question.reaches[name]
    ]
    known = {
        "reach": json.dumps(reach),
        "mine": json.dumps(list(places)),
        "after": question.after,
        "before": question.before or FOR_EVER,
        "match": match(grams, [mark(PLACE, number) for number in places] if is_named else []),
    }
    known |= {f"word{at}": word for at, word in enumerate(wanted.words)}
    seen = SEEN if is_named else f"{MINE} and {SEEN}"
    return _Looking(link, known, seen, len(wanted.words), bottom, top, question.limit, one_by_one)


def _is_in_most(link: sqlite3.Connection, places: Mapping[int, tuple[str, int]]) -> bool:
    """Whether much of all that is said is said in these."""
    (everything,) = link.execute("select total(upto) from places").fetchone()
    return sum(upto for _, upto in places.values()) * MOST >= int(everything)


def _is_whole(reach: Sequence[Reach], upto: int) -> bool:
    """Whether everything of a conversation that is in the index may be seen."""
    return len(reach) == 1 and reach[0].first <= 1 and reach[0].last >= upto


@dataclass(slots=True)
class _Looking:
    """A question on its way through the drawers: ids from `bottom` on, below `top`."""

    link: sqlite3.Connection
    known: dict[str, Any]
    seen: str
    words: int
    bottom: int
    top: int
    limit: int
    one_by_one: bool

    def all(self) -> Found:
        """One page."""
        if self.one_by_one:
            return self._look_through()
        ids = list[int]()
        for drawer in self._drawers():
            ids += self._ids(drawer, self.limit + 1 - len(ids))
            if len(ids) > self.limit:
                return self._found(ids[: self.limit], ids[self.limit - 1])
        return self._found(ids, None)

    def _ids(self, drawer: int, limit: int) -> list[int]:
        fits = f"{self._from(drawer)} and {self._has_words()}"
        ask = f"{REACH} select m.id from {fits} order by {self._by()} desc limit :limit"
        return [number for (number,) in self.link.execute(ask, self._given(limit))]

    def _look_through(self) -> Found:
        ids, looked = list[int](), 0
        for drawer in self._drawers():
            while looked < NEWEST_MESSAGES:
                count, last, hits = self._slice(drawer, min(SLICE, NEWEST_MESSAGES - looked))
                looked, ids = looked + count, ids + hits
                if len(ids) > self.limit:
                    return self._found(ids[: self.limit], ids[self.limit - 1])
                if count < SLICE and looked < NEWEST_MESSAGES:
                    break  # this drawer is done
                self.top = last
        cut = looked >= NEWEST_MESSAGES
        return self._found(ids, self.top if cut else None, partial=cut)

    def _slice(self, drawer: int, limit: int) -> tuple[int, int, list[int]]:
        """How many were looked at in a drawer, the id of the last of them, and the ids of those that have the words."""
        inner = f"select m.id, m.body, m.names from {self._from(drawer)} order by {self._by()} desc limit :limit"
        ask = f"{REACH} select count(*), min(m.id), group_concat(iif({self._has_words()}, m.id, null)) from ({inner}) m"
        count, last, hits = self.link.execute(ask, self._given(limit)).fetchone()
        return count, last or self.top, sorted(map(int, hits.split(",")), reverse=True) if hits else []

    def _from(self, drawer: int) -> str:
        if not self.known["match"]:  # by id alone: any other index would make SQLite sort
            first = drawer << DRAWER_BITS
            return (
                f"messages m not indexed where {self.seen} and m.id >= {first} and m.id < {first + (1 << DRAWER_BITS)}"
            )
        name = f"drawer_{drawer}"
        ranged = f"{name} match :match and d.rowid >= :bottom and d.rowid < :top"
        return f"{name} d cross join messages m on m.id = d.rowid where {ranged} and {self.seen}"

    def _by(self) -> str:
        """In the words of the table that yields them in order, or SQLite would sort a whole drawer for one page."""
        return "d.rowid" if self.known["match"] else "m.id"

    def _has_words(self) -> str:
        have = (f"(instr(m.body, :word{at}) or instr(m.names, :word{at}))" for at in range(self.words))
        return " and ".join(have) or "true"

    def _given(self, limit: int) -> dict[str, Any]:
        return self.known | {"bottom": self.bottom, "top": self.top, "limit": limit}

    def _drawers(self) -> range:
        return range((self.top - 1) >> DRAWER_BITS, (self.bottom >> DRAWER_BITS) - 1, -1)

    def _found(self, ids: list[int], last: int | None, *, partial: bool = False) -> Found:
        hits = [Hit(*self.link.execute(HIT, (number,)).fetchone()) for number in ids]
        more = None
        if last is not None:
            end = Hit(*self.link.execute(HIT, (last,)).fetchone())
            more = Place(end.at, end.conversation, end.seq)
        return Found(hits, more, partial)


def _places(link: sqlite3.Connection, reaches: Mapping[str, Sequence[Reach]]) -> dict[int, tuple[str, int]]:
    """By number, the conversation's id and how far its log is in the index."""
    ask = "select number, conversation, upto from places where conversation in (select value from json_each(?))"
    return {number: (name, upto) for number, name, upto in link.execute(ask, (json.dumps(list(reaches)),))}


def _bounds(link: sqlite3.Connection, question: Question) -> tuple[int, int]:
    """The ids between which the answers lie: from the first on, below the second.

    Times only rise with the ids while nobody sets the clock back, so the question itself compares them once more.
    """
    (newest,) = link.execute("select max(id) from messages").fetchone()
    bottom, top = 1, (newest or 0) + 1
    if question.after:
        found = link.execute(
            "select id from messages where at >= ? order by at, id limit 1", (question.after,)
        ).fetchone()
        bottom = found[0] if found else top
    if question.before:
        top = min(top, _first_from(link, question.before, top))
    if place := question.older_than:
        top = min(top, _place_of(link, question, place) or _first_from(link, place.at, top))
    return bottom, top


def _place_of(link: sqlite3.Connection, question: Question, place: Place) -> int | None:
    """The id of the message where the last page ended, unless it is gone or none of this person's business."""
    if place.conversation not in question.reaches:
        return None
    ask = "select id from messages where place = (select number from places where conversation = ?) and seq = ?"
    found = link.execute(ask, (place.conversation, place.seq)).fetchone()
    return int(found[0]) if found else None


def _first_from(link: sqlite3.Connection, at: int, top: int) -> int:
    """The id after the newest message that was said before this time."""
    found = link.execute("select id from messages where at < ? order by at desc, id desc limit 1", (at,)).fetchone()
    return int(found[0]) + 1 if found else 1
