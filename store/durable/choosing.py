"""Which store was chosen: `sqlite`, `memory`, or the URL of a PostgreSQL database.

A newcomer's first mistake is to import PostgreSQL's at the top: its library is for those alone who chose it.
"""

from collections.abc import Callable
from pathlib import Path

from store.durable import CannotStart, Durable
from store.durable.memory import Memory
from store.durable.schema import DATABASE
from store.durable.sqlite import Sqlite


def choose(said: str, data: Path, clock: Callable[[], int], own: Path | None = None) -> Durable:
    """The store that was chosen, not yet started; `data` is the folder of all else. Raises CannotStart.

    With `own`, the folder of this node alone, it is a `Shared`, which only PostgreSQL's can be.
    """
    if said == "memory":
        return Memory()
    if said == "sqlite":
        return Sqlite(data / DATABASE, clock)
    try:
        from store.durable.postgres import Postgres
        from store.durable.postgres.shared import SharedPostgres
    except ImportError as error:  # also when the library finds no libpq
        raise CannotStart(
            "--store postgresql:// needs psycopg, which is missing or not whole here. "
            "Install it: pip install -r requirements.txt; on a 32-bit Raspberry Pi also apt-get install libpq5"
        ) from error
    return Postgres(said, data, clock) if own is None else SharedPostgres(said, data, clock, own)
