"""The one connection that writes the index: each log's changes in, deleted words out.

Everything here blocks and belongs on the index's own thread. A newcomer's first mistake is to delete a row and believe
its words gone: FTS5 only notes the deletion until the drawer is merged, which is what `tidy` does.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from store.search.changes import Change, Deleted, Edited, Said
from store.search.folding import fold
from store.search.grams import AUTHOR, FILE, PLACE, mark, pairs
from store.search.schema import DRAWER, DRAWER_BITS

CHECKPOINT_PATIENCE = 200  # ms that writing waits for a reader who is in the way; it is tried again later
BODY = "id, body, names, place, author, files"
BREAK = "\n"  # between file names, and the options of a poll; folding leaves none in a text

Step = tuple[str, int, Change | None]
"""Conversation, seq of the row, and what it changes."""


class Index:
    """An index that is open for writing."""

    def __init__(self, link: sqlite3.Connection) -> None:
        self.link = link
        self._places: dict[str, int] = dict(link.execute("select conversation, number from places"))
        self._authors: dict[str, int] = dict(link.execute("select person, number from authors"))
        self._drawers = {drawer for drawer in range(_drawer(self._newest()) + 1) if self._has_drawer(drawer)}

    def heads(self) -> dict[str, int]:
        """How far each conversation's log is in here."""
        return dict(self.link.execute("select conversation, upto from places"))

    def apply(self, steps: Sequence[Step]) -> None:
        """Rows of the logs, each log's in order without a gap; all of them or none. Raises sqlite3.Error."""
        upto = {conversation: seq for conversation, seq, _ in steps}
        with self._transaction():
            for conversation, _, change in steps:
                place = self._place(conversation)
                match change:
                    case Said():
                        self._say(place, change)
                    case Edited():
                        self._edit(place, change)
                    case Deleted():
                        self._delete(place, change)
            self.link.executemany(
                "update places set upto = ? where conversation = ?", [(seq, one) for one, seq in upto.items()]
            )

    def is_tidy(self) -> bool:
        """Whether no drawer holds traces of deleted words."""
        return self.link.execute("select 1 from untidy").fetchone() is None

    def tidy(self) -> bool:
        """Rids the file of every trace of deleted words; False while a reader is in the way of the last step."""
        for (drawer,) in self.link.execute("select drawer from untidy").fetchall():
            with self._transaction():
                self.link.execute(f"insert into drawer_{drawer} (drawer_{drawer}) values ('optimize')")
        if not self._checkpoint():
            return False
        with self._transaction():
            self.link.execute("delete from untidy")
        return True

    def _say(self, place: int, said: Said) -> None:
        number = self._newest() + 1
        self._open_drawer(_drawer(number))
        body, names = _lines([said.text, *said.options]), _lines(said.names)
        author, files = self._author(said.author), int(bool(said.names))
        row = (number, place, said.seq, said.seq, author, said.at, said.thread, files, body, names)
        self.link.execute("insert into messages values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        self._file((number, body, names, place, author, files))

    def _edit(self, place: int, edited: Edited) -> None:
        for row in self._rows(place, edited.target):
            self._unfile(row)
            self.link.execute(
                "update messages set body = ?, source = ? where id = ?", (fold(edited.text), edited.seq, row[0])
            )
        for row in self._rows(place, edited.target):
            self._file(row)

    def _delete(self, place: int, deleted: Deleted) -> None:
        for row in self._rows(place, deleted.target):
            self._unfile(row)
            self.link.execute("delete from messages where id = ?", (row[0],))
            self.link.execute("insert or ignore into untidy values (?)", (_drawer(row[0]),))

    def _rows(self, place: int, seq: int) -> "list[Row]":
        return self.link.execute(f"select {BODY} from messages where place = ? and seq = ?", (place, seq)).fetchall()

    def _file(self, row: "Row") -> None:
        table = f"drawer_{_drawer(row[0])}"
        ask = f"insert into {table} (rowid, body, names, pairs, place, author, files) values (?, ?, ?, ?, ?, ?, ?)"
        self.link.execute(ask, (row[0], *_columns(row)))

    def _unfile(self, row: "Row") -> None:
        table = f"drawer_{_drawer(row[0])}"
        columns = f"{table}, rowid, body, names, pairs, place, author, files"
        ask = f"insert into {table} ({columns}) values ('delete', ?, ?, ?, ?, ?, ?, ?)"
        self.link.execute(ask, (row[0], *_columns(row)))

    def _newest(self) -> int:
        (newest,) = self.link.execute("select max(id) from messages").fetchone()
        return newest or 0

    def _has_drawer(self, drawer: int) -> bool:
        ask = "select 1 from sqlite_master where name = ?"
        return self.link.execute(ask, (f"drawer_{drawer}",)).fetchone() is not None

    def _open_drawer(self, drawer: int) -> None:
        if drawer not in self._drawers:
            self.link.execute(DRAWER.format(drawer))
            self._drawers.add(drawer)

    def _place(self, conversation: str) -> int:
        ask = "insert into places (conversation, upto) values (?, 0) returning number"
        return self._number(self._places, conversation, ask)

    def _author(self, person: str) -> int:
        return self._number(self._authors, person, "insert into authors (person) values (?) returning number")

    def _number(self, known: dict[str, int], name: str, ask: str) -> int:
        if name not in known:
            ((known[name],),) = self.link.execute(ask, (name,)).fetchall()
        return known[name]

    def _checkpoint(self) -> bool:
        self.link.execute(f"pragma busy_timeout = {CHECKPOINT_PATIENCE}")
        (busy, _, _) = self.link.execute("pragma wal_checkpoint(truncate)").fetchone()
        return not busy

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        known = dict(self._places), dict(self._authors), set(self._drawers)
        self.link.execute("begin immediate")
        try:
            yield
            self.link.execute("commit")
        except BaseException:
            self._places, self._authors, self._drawers = known
            if self.link.in_transaction:
                self.link.execute("rollback")
            raise


Row = tuple[int, str, str, int, int, int]
"""As BODY has it."""


def _lines(texts: Sequence[str]) -> str:
    return BREAK.join(filter(None, map(fold, texts)))


def _columns(row: Row) -> tuple[str, str, str, str, str, str]:
    """What a row is filed under; the same each time, for FTS5 must be told again what it is to forget."""
    _, body, names, place, author, files = row
    return (
        body,
        names,
        pairs(f"{body}{BREAK}{names}"),
        mark(PLACE, place),
        mark(AUTHOR, author),
        mark(FILE, 0) if files else "",
    )


def _drawer(number: int) -> int:
    return number >> DRAWER_BITS
