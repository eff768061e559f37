"""What other nodes committed, read from where they noted it: places first, then what stands at them now.

A newcomer's first mistake is to read both outside of one snapshot: a row would be newer than the commits that say so.
"""

import json
from collections.abc import Sequence
from typing import Any

from store.durable import Commit
from store.durable.postgres import reading
from store.durable.postgres.link import Connection, Parted

NOTED = "select number, id, changed from commits where number >= %s order by number limit %s"
MOST_COMMITS = 500  # that one question reads, so that it is answered in time however far this node is behind
MOST_PLACES = 5000  # rows and keys, likewise; but always one commit
SHELVED = """
    select name, key, value from unnest(%s::text[], %s::text[]) as asked (name, key) join shelves using (name, key)
"""
APART = "This server was away too long, or an older copy of the database was put back. Stop it and start it again."


Noted = tuple[int, str, dict[str, Any]]
"""A commit as it is noted: number, id, places."""


def noted_after(link: Connection, after: int, commit_id: str) -> tuple[list[Noted], bool]:
    """The next after that one, in order, and whether these are all. Raises Parted if that one is not there."""
    found = link.execute(NOTED, (after, MOST_COMMITS + 2)).fetchall()
    if not found or found[0][:2] != (after, commit_id):
        raise Parted(APART)
    noted: list[Noted] = []
    places = 0
    for number, one, changed in found[1 : MOST_COMMITS + 1]:
        read = json.loads(changed)
        places += sum(map(len, read.values()))
        if noted and places > MOST_PLACES:
            break
        noted.append((number, one, read))
    return noted, len(noted) == len(found) - 1


def commits(link: Connection, noted: Sequence[Noted]) -> list[Commit]:
    """These with what stands at their places now."""
    if not noted:
        return []
    places = {
        (place, seq) for _, _, changed in noted for name in ("rows", "rewrites") for place, seq in changed.get(name, ())
    }
    keys = {(table, key) for _, _, changed in noted for table, key in changed.get("shelves", ())}
    rows = reading.rows(link, sorted(places)) if places else {}
    shelves = _shelved(link, sorted(keys)) if keys else {}
    return [
        Commit(
            number=number,
            id=one,
            rows=[row for place in _pairs(changed, "rows") if (row := rows.get(place))],
            rewrites=[row for place in _pairs(changed, "rewrites") if (row := rows.get(place))],
            shelves=[(*at, shelves.get(at)) for at in _pairs(changed, "shelves")],
        )
        for number, one, changed in noted
    ]


def commits_apart(link: Connection, after: int, commit_id: str) -> list[Commit]:
    """The next after that one, for who reads while others commit. Raises Parted if that one is not there."""
    link.execute("begin isolation level repeatable read")
    return commits(link, noted_after(link, after, commit_id)[0])


def _pairs(changed: dict[str, Any], name: str) -> list[tuple[Any, Any]]:
    return [(first, second) for first, second in changed.get(name, ())]


def _shelved(link: Connection, keys: list[tuple[str, str]]) -> dict[tuple[str, str], bytes]:
    columns = [[table for table, _ in keys], [key for _, key in keys]]
    found = link.execute(SHELVED.encode(), columns, binary=True).fetchall()
    return {(table, key): value for table, key, value in found}
