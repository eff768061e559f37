"""A connection to PostgreSQL that is opened again when it was lost, and cut when nothing comes from it for too long.

A newcomer's first mistake is to trust the network to say that a database stands still: a frozen one keeps its
connections open and answers nothing, so somebody else must pull the plug.
"""

import socket
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar

import psycopg
from psycopg.conninfo import conninfo_to_dict
from psycopg.pq import TransactionStatus

Connection = psycopg.Connection[tuple[Any, ...]]

PATIENCE_SECONDS = 5.0  # without a word from the database until its connection is cut
CONNECT_SECONDS = 3
AGAIN_SECONDS = 0.5  # after a try that failed, so that people who wait are answered and not queued behind the next
LIVELY: dict[str, Any] = {
    "target_session_attrs": "read-write",  # of several hosts the one that takes changes, also to read: a standby lags
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
}  # keepalives: seconds, seconds, tries

REASONS = {
    "08": "PostgreSQL cannot be reached. Look whether it runs; the log says more.",
    "25P03": "PostgreSQL ended what stood still for too long. The machine is too busy, or was asleep.",
    "28": "PostgreSQL does not let this user in. Check the name and the password of --store.",
    "3D": "PostgreSQL has no such database. Create it, or check the name in --store.",
    "42501": "PostgreSQL gives this user too few rights. Let it own the database.",
    "25006": "This PostgreSQL takes no changes now. Name the one in --store that does.",
    "53100": "The disk of PostgreSQL is full. Free some space on it.",
    "53200": "PostgreSQL has too little memory.",
    "53300": "PostgreSQL has no connection left. Raise its max_connections.",
    "55P03": "Another program holds what is to be written. Close that program.",
    "57P": "PostgreSQL is being stopped or started. It goes on by itself when that is done.",
    "58": "PostgreSQL reports an error of its disk. Look at its own log.",
    "XX001": "The database is damaged. Look at PostgreSQL's own log.",
    "XX002": "The database is damaged. Look at PostgreSQL's own log.",
}
LOST = "The connection to PostgreSQL was lost. It is opened again by itself when PostgreSQL is back."

T = TypeVar("T")


class Away(Exception):
    """There is no connection and none could be opened, so nothing was asked.

    The text is the reason, which anybody may read at /health. `detail` is for the host: it may name machines and users.
    """

    def __init__(self, text: str, detail: str = "") -> None:
        super().__init__(text)
        self.detail = detail or text


def known(error: psycopg.Error) -> str | None:
    """The sentence for an error that is not ours (https://www.postgresql.org/docs/current/errcodes-appendix.html)."""
    state = error.sqlstate or ""
    said = REASONS.get(state) or REASONS.get(state[:3]) or REASONS.get(state[:2])
    if said is None and isinstance(error, psycopg.OperationalError):
        return LOST if state == "" else f"PostgreSQL answers: {first_line(error)}"
    return said


def reason(error: psycopg.Error) -> str:
    """What happened, in one sentence for people."""
    return known(error) or f"PostgreSQL answers: {first_line(error)}"


def first_line(error: Exception) -> str:
    """Of what PostgreSQL or its library said, which never holds the password."""
    return next(iter(str(error).strip().splitlines()), type(error).__name__).strip()


def place_of(url: str) -> str:
    """The database, as a sentence may name it: without user and password."""
    try:
        said = conninfo_to_dict(url)
    except psycopg.Error:
        return "of --store"
    return f"{said.get('dbname') or said.get('user') or 'the default'} at {said.get('host') or 'this machine'}"


class Parted(Away):
    """What stands in the database does not go on from what this server has, and never will again."""


NEVER = (float("-inf"), Away(""))  # when no connection could be opened, and why


class Link:
    """One connection; of one thread at a time, but for `cut_if_stuck`. `prepare` makes a new one ready or raises."""

    def __init__(self, url: str, prepare: Callable[[Connection], None]) -> None:
        self._url = url
        self._prepare = prepare
        self._connection: Connection | None = None
        self._plug: socket.socket | None = None  # the same connection, to be pulled from another thread
        self._since: float | None = None  # time.monotonic() at which the database was asked, while it is
        self._cut = False
        self._failed = NEVER
        self.holds = False
        """Whether a transaction stays open from one `do` to the next; ends with the connection."""

    def do(self, work: Callable[[Connection], T]) -> T:
        """What `work` answers; it is done once more when the connection turns out to have been lost and held nothing.

        Raises Away before anything was asked, else psycopg.Error; a transaction that `work` left open is rolled back,
        unless it is one that `holds`.
        """
        held = self.holds
        try:
            return self._attempt(work)
        except psycopg.OperationalError:
            if held or self._connection is not None or self._cut:
                raise
        return self._attempt(work)

    def cut_if_stuck(self) -> None:
        """Ends a connection that has been silent for too long. For any thread."""
        since, plug = self._since, self._plug
        if since is not None and plug is not None and time.monotonic() - since > PATIENCE_SECONDS:
            self._cut = True
            with suppress(OSError):
                plug.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Lets go of the connection."""
        connection, plug = self._connection, self._plug
        self._connection = self._plug = None
        self._failed = NEVER
        self.holds = False
        if plug is not None:
            plug.close()
        if connection is not None:
            connection.close()

    def _attempt(self, work: Callable[[Connection], T]) -> T:
        connection = self._connection or self._open()
        self._cut, self._since = False, time.monotonic()
        try:
            return work(connection)
        finally:
            if not self.holds:
                self._end_transaction(connection)
            self._since = None
            if connection.closed:
                self.close()

    def _open(self) -> Connection:
        when, why = self._failed
        if time.monotonic() - when < AGAIN_SECONDS:
            raise Away(str(why), why.detail)
        try:
            connection = psycopg.connect(
                self._url, autocommit=True, connect_timeout=CONNECT_SECONDS, client_encoding="utf8", **LIVELY
            )
            self._connection, self._plug = connection, _plug_of(connection)
            self._since = time.monotonic()
            self._prepare(connection)
        except BaseException as error:
            self.close()
            away = unreachable(error) if isinstance(error, psycopg.Error) else Away(str(error))
            self._failed = (time.monotonic(), away)
            if isinstance(error, psycopg.Error):
                raise away from error
            raise
        finally:
            self._since = None
        return connection

    def _end_transaction(self, connection: Connection) -> None:
        if connection.info.transaction_status in (TransactionStatus.INTRANS, TransactionStatus.INERROR):
            with suppress(psycopg.Error):
                connection.execute("rollback")


def unreachable(error: psycopg.Error) -> Away:
    """Why no connection could be opened: the library gives most of these no code."""
    if error.sqlstate and (said := known(error)):
        return Away(said)
    if isinstance(error, psycopg.ProgrammingError):  # its own words repeat the URL, with the password
        return Away("Its address cannot be read. Expected: --store postgresql://user@host/database")
    return Away(REASONS["08"], f"PostgreSQL cannot be reached: {first_line(error)}")


def _plug_of(connection: Connection) -> socket.socket:
    return socket.fromfd(connection.fileno(), socket.AF_INET, socket.SOCK_STREAM)
