"""The schema `parley` in a PostgreSQL database: held by one server, created whole, brought to today's shape.

A newcomer's first mistake is to edit a released step: databases in people's houses have run it. Add one at the end.
"""

import logging
import secrets
from collections.abc import Callable
from typing import Any

import psycopg

from store.durable import CannotStart
from store.durable.postgres.link import Away, Connection

LOCK = 0x5061726C6579  # "Parley": the advisory lock of the one server, which its writing connection holds
LOCK_SECONDS = 2  # to wait for it, for a server that was killed lets go a moment later
TURN = LOCK + 1  # the advisory lock of the node whose turn it is to write, where several share the database
TURN_SECONDS = 3  # to wait for it: less than the patience with a database that says nothing
BEGIN_SECONDS = 60  # to wait for it at a start, where another one may be making the schema
IDLE_SECONDS = 5  # until the turn of a node that stands still is taken from it
OLDEST = 130000  # server_version_num; 13 is the oldest that the tests' SQL was written for

STEPS = (
    """
    create table shelves (
        name text collate "C" not null, key text collate "C" not null, value bytea not null, primary key (name, key)
    );
    create table answers (
        device text not null, nonce text not null, answer bytea not null, primary key (device, nonce)
    );
    create table log (
        conversation text not null, seq bigint not null, name text not null, target bigint,
        author text not null, text bytea not null, frame bytea not null, primary key (conversation, seq)
    );
    create index log_target on log (conversation, target, name, seq) where target is not null;
    create index log_entry on log (conversation, seq) include (name, author) where target is null;
    """,
    """
    create table commits (
        number bigint primary key, id text not null, at timestamptz not null default now(), changed text not null
    );
    """,
)
"""One script for each version; `version` in `meta` says how many have run. A message may hold NUL, hence bytea."""

HOLDING = f"""
    from pg_locks join pg_stat_activity using (pid)
    where locktype = 'advisory' and granted and classid::bigint = {LOCK >> 32} and objid::bigint = {LOCK & 0xFFFFFFFF}
    and datname = current_database() and pid <> pg_backend_pid()
"""
BUSY = "PostgreSQL is still busy with what it was asked before. It goes on by itself when that is done."
OTHER = (
    "Another Parley is running on it, and without --bus one PostgreSQL database serves one server. "
    "Stop that one, or name another database."
)
ALONE = (
    "A Parley without --bus is running on it, and that one shares it with nobody. Stop it, or start it with --bus, too."
)
STARTING = "Another Parley is being started on it. Start this one again when that is done."

log = logging.getLogger("parley.store")


def enter(connection: Connection) -> None:
    """What every connection of ours is set to. Raises psycopg.Error."""
    connection.execute("set search_path = parley")
    for name, seconds in (("idle", 10), ("interval", 5), ("count", 3)):  # a lost machine holds the lock no longer
        connection.execute("select set_config(%s, %s, false)", (f"tcp_keepalives_{name}", str(seconds)))


def enter_to_read(connection: Connection) -> None:
    """The same for one that cannot write."""
    enter(connection)
    connection.execute("set default_transaction_read_only = on")


def hold(connection: Connection, name: str) -> None:
    """Holds the database for as long as this connection lives; `name` is this server's own.

    A connection that we lost is told to end. While it is still busy with a commit nobody gets the lock, so whoever has
    it may believe what they read. Raises Away if another server has it.
    """
    ours = _end_lost(connection, name)
    lock(connection, "select pg_advisory_lock(%s)", LOCK, LOCK_SECONDS, BUSY if ours else OTHER)


def share(connection: Connection, name: str) -> None:
    """Holds the database together with all that share it, but with nobody who holds it alone.

    That says nothing about a commit of a connection that we lost: only who has the turn knows that it ended. Raises
    Away if a server has it alone.
    """
    _end_lost(connection, name)
    lock(connection, "select pg_advisory_lock_shared(%s)", LOCK, LOCK_SECONDS, ALONE)
    for name, seconds in (("idle_in_transaction_session_timeout", IDLE_SECONDS), ("lock_timeout", TURN_SECONDS)):
        connection.execute("select set_config(%s, %s, false)", (name, f"{seconds}s"))


def lock(connection: Connection, ask: str, key: int, seconds: int, otherwise: str) -> None:
    """Takes an advisory lock. Raises Away with that sentence when it is not had in time."""
    before = setting(connection, "lock_timeout")
    try:
        connection.execute("select set_config('lock_timeout', %s, false)", (f"{seconds}s",))
        connection.execute(ask.encode(), (key,))
        connection.execute("select set_config('lock_timeout', %s, false)", (before,))
    except psycopg.errors.LockNotAvailable:
        raise Away(otherwise) from None


def _end_lost(connection: Connection, name: str) -> bool:
    """Tells connections of ours that we lost to end; answers whether there were any."""
    connection.execute("select set_config('application_name', %s, false)", (name,))
    ask = f"select pg_terminate_backend(pid) {HOLDING} and application_name = %s"
    return bool(connection.execute(ask.encode(), (name,)).fetchall())


def require_promises(connection: Connection) -> None:
    """Refuses a server that would lose what it says it kept. Raises CannotStart."""
    if connection.info.server_version < OLDEST:
        raise CannotStart("Parley needs PostgreSQL 13 or newer.")
    if setting(connection, "server_encoding") != "UTF8":
        raise CannotStart("The database is not in UTF8. Create one with: createdb --encoding=UTF8 --template=template0")
    if setting(connection, "fsync") != "on":
        raise CannotStart(
            "PostgreSQL has fsync off, so a power cut would take what people were told is saved. Turn it on."
        )
    if setting(connection, "synchronous_commit") == "off":
        log.warning("PostgreSQL has synchronous_commit off: Parley turns it on for what it writes itself")
        connection.execute("set synchronous_commit = on")


def setting(connection: Connection, name: str) -> str:
    """What PostgreSQL is set to."""
    return str(_one(connection.execute("select current_setting(%s)", (name,))))


def bring_up(connection: Connection, now: int, require_new: Callable[[], None]) -> None:
    """Creates what is not there and runs the steps that are new, all in one transaction; `now` (ms) is a birthday.

    `require_new` is asked before a house is begun, and may raise. Raises CannotStart.
    """
    connection.execute("begin")
    if not _one(connection.execute("select to_regclass('parley.meta') is not null")):
        require_new()
        _create(connection, now)
    version = int(_one(connection.execute("select value from meta where key = 'version'")))
    if version > len(STEPS):
        raise CannotStart("The database was made by a newer Parley. Run that version, or a newer one.")
    for step in STEPS[version:]:
        connection.execute(step)
    if version < len(STEPS):
        connection.execute("update meta set value = %s where key = 'version'", (str(len(STEPS)),))
    connection.execute("commit")


def _create(connection: Connection, now: int) -> None:
    found = connection.execute("select oid from pg_namespace where nspname = 'parley'").fetchone()
    if found is None:
        connection.execute("create schema parley")
    elif connection.execute("select 1 from pg_class where relnamespace = %s limit 1", found).fetchone():
        raise CannotStart("The schema parley in this database is another program's. Name another database.")
    connection.execute("create table meta (key text primary key, value text not null)")
    notes = {"version": "0", "epoch": secrets.token_hex(8), "house": secrets.token_hex(8), "created": str(now)}
    for key, value in notes.items():
        connection.execute("insert into meta values (%s, %s)", (key, value))


def _one(found: psycopg.Cursor[tuple[Any, ...]]) -> Any:
    row = found.fetchone()
    if row is None:
        raise CannotStart("The database lacks what Parley noted in it. Put it back from a backup.")
    return row[0]
