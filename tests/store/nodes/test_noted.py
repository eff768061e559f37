"""Notes lie at every node, and at one that comes later; what went does not come back."""

from protocol.records import replaced
from store.nodes.noted import CLOCKS_MS, Noted
from store.rows import Fleeting
from tests.neighbours import House, lived, passes, settles
from tests.store.nodes.commons import Commons


class Slip(Fleeting, frozen=True, kw_only=True):
    """A row of these tests."""

    word: str


def notes(house: House) -> Noted[Slip]:
    return Noted("tests", Slip, house.store.nodes, house.clock)


def slip(house: House, word: str, minutes: int = 10) -> Slip:
    return Slip(word=word, expires_at=house.clock() + minutes * 60_000)


def words(table: Noted[Slip]) -> list[str]:
    return sorted(row.word for row in table.values())


def said_by(house: House) -> list[tuple[str, str, bytes]]:
    """What a node tells one that comes later, of the table of these tests."""
    assert house.store.nodes
    return [said for tell in house.store.nodes.notes for said in tell() if said[0] == "tests"]


def hears(house: House, said: list[tuple[str, str, bytes]]) -> None:
    assert house.store.nodes
    for table, key, row in said:
        house.store.nodes.noted[table](key, row)


@lived
async def test_what_is_noted_at_one_node_lies_at_all_and_goes_from_all() -> None:
    commons = Commons()
    here, there = await commons.node("a"), await commons.node("b")
    one, other = notes(here), notes(there)
    first = slip(here, "first")
    one.put("k", first)
    await settles()
    assert other.get("k") == first
    other.put("k", replaced(first, word="second"))
    await settles()
    assert words(one) == ["second"]
    assert one.pop("k") == replaced(first, word="second")
    assert one.pop("k") is None
    await settles()
    assert other.get("k") is None
    other.put("k", first)
    await settles()
    assert one.get("k") == first
    await here.close()
    await there.close()


@lived
async def test_a_node_that_comes_later_is_told_what_stands() -> None:
    commons = Commons()
    here = await commons.node("a")
    one = notes(here)
    one.put("k", slip(here, "told"))
    one.put_here("l", slip(here, "logged"))
    there = await commons.node("b")
    other = notes(there)
    await passes(0.1)
    assert words(other) == ["logged", "told"]
    await here.close()
    await there.close()


@lived
async def test_what_went_or_changed_comes_back_by_nobody_who_missed_it() -> None:
    commons = Commons()
    here, there = await commons.node("a"), await commons.node("b")
    one, other = notes(here), notes(there)
    for key in ("gone", "changed"):
        one.put(key, slip(here, f"{key} at first"))
    await settles()
    late = said_by(here)
    other.pop("gone")
    other.put("changed", slip(there, "changed since"))
    await settles()
    for house in (here, there):
        hears(house, late)
    assert words(one) == words(other) == ["changed since"]
    await here.close()
    await there.close()


@lived
async def test_each_tells_only_its_own_and_that_of_a_node_that_is_gone() -> None:
    commons = Commons()
    here, there = await commons.node("a"), await commons.node("b")
    one, other = notes(here), notes(there)
    one.put("ours", slip(here, "ours"))
    other.put("theirs", slip(there, "theirs"))
    other.put("went", slip(there, "went"))
    other.pop("went")
    await passes(1)
    assert [key for _, key, _ in said_by(here)] == ["ours"]
    assert sorted(key for _, key, _ in said_by(there)) == ["theirs", "went"]
    await there.close()
    await settles()
    assert sorted(key for _, key, _ in said_by(here)) == ["ours", "theirs", "went"]
    await here.close()


@lived
async def test_what_the_log_says_is_changed_by_no_word_of_before() -> None:
    commons = Commons()
    here, there = await commons.node("a"), await commons.node("b")
    one, other = notes(here), notes(there)
    one.put("k", slip(here, "asked"))
    await settles()
    other.put_here("k", slip(there, "logged"))
    one.put("k", slip(here, "still asked"))
    await settles()
    assert words(other) == ["logged"]
    await here.close()
    await there.close()


@lived
async def test_what_one_node_takes_for_old_others_keep() -> None:
    commons = Commons()
    here, there = await commons.node("a"), await commons.node("b")
    one, other = notes(here), notes(there)
    one.put("k", slip(here, "kept"))
    await settles()
    one.drop_here("k")
    await settles()
    assert (words(one), words(other)) == ([], ["kept"])
    await here.close()
    await there.close()


@lived
async def test_that_something_went_is_remembered_until_nobody_can_have_it_any_more() -> None:
    commons = Commons()
    here = await commons.node("a")
    one = notes(here)
    one.put("k", slip(here, "short", minutes=1))
    said = said_by(here)
    one.pop("k")
    await passes(60)
    one.put("l", slip(here, "another"))
    assert len(said_by(here)) == 2
    await passes(CLOCKS_MS / 1000 + 1)
    one.put("l", slip(here, "another"))
    assert [key for _, key, _ in said_by(here)] == ["l"]
    hears(here, said)
    assert words(one) == ["another"]
    await here.close()


@lived
async def test_a_note_of_another_version_is_left_alone() -> None:
    commons = Commons()
    here = await commons.node("a")
    one = notes(here)
    one.put("k", slip(here, "ours"))
    hears(here, [("tests", "k", b'{"person":"p","at":1}'), ("tests", "l", b"")])
    assert words(one) == ["ours"]
    await here.close()


def test_a_server_that_is_alone_just_keeps_it() -> None:
    alone = Noted("tests", Slip, None, lambda: 0)
    row = Slip(word="alone", expires_at=1)
    alone.put("k", row)
    assert alone.get("k") == alone.pop("k") == row
    assert alone.values() == []


@lived
async def test_who_follows_a_table_learns_of_what_changes_here_and_at_another_node() -> None:
    commons = Commons()
    here, there = await commons.node("a"), await commons.node("b")
    one, other = notes(here), notes(there)
    turned: list[str] = []
    for table in (one, other):
        table.turned.append(turned.append)
    one.put("k", slip(here, "first"))
    await settles()
    assert turned == ["k", "k"]
    one.pop("k")
    await settles()
    assert turned == ["k"] * 4
    one.pop("k")
    one.put_here("known", slip(here, "by the log"))
    await settles()
    assert turned == ["k"] * 4
    await here.close()
    await there.close()
