"""Shelves and the layers over them: what is dropped was never there, and an index says of a layer what it will say."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from protocol.records import Record, from_json
from store.shelves import Layer, Shelf


class Jar(Record, frozen=True, kw_only=True):
    """A row for these tests."""

    id: str
    owner: str
    tags: list[str]


def shelf(*jars: Jar) -> Shelf[Jar]:
    made = Shelf("jars", Jar, lambda row: row.id, {"owner": lambda row: [row.owner], "tag": lambda row: row.tags})
    for jar in jars:
        made.put(jar)
    return made


def owned(rows: Any, owner: str) -> set[str]:
    return {row.id for row in rows.where("owner", owner)}


PLUM = Jar(id="plum", owner="anna", tags=["sweet"])


def test_a_row_is_found_by_its_key_and_by_its_indexes() -> None:
    jars = shelf(PLUM)
    assert jars.get("plum") == PLUM
    assert jars.where("tag", "sweet") == [PLUM]
    assert (jars.get("pear"), jars.where("tag", "sour"), len(jars)) == (None, [], 1)


def test_a_row_that_changed_is_filed_anew_and_one_that_is_gone_nowhere() -> None:
    jars = shelf(PLUM, Jar(id="plum", owner="ben", tags=[]))
    assert (owned(jars, "anna"), owned(jars, "ben"), jars.where("tag", "sweet")) == (set(), {"plum"}, [])
    jars.drop("plum")
    assert (owned(jars, "ben"), list(jars)) == (set(), [])
    assert [len(filed) for filed in jars._filed.values()] == [0, 0]


def test_many_under_one_value_are_filed_without_copying_them_all_each_time() -> None:
    """20,000 files in one room: each put would copy those before it, 200 million in all."""
    jars = shelf(*(Jar(id=str(number), owner="anna", tags=[]) for number in range(20)))
    filed = jars._filed["owner"]["anna"]
    jars.put(Jar(id="20", owner="anna", tags=[]))
    assert jars._filed["owner"]["anna"] is filed
    seen = jars.where("owner", "anna")
    jars.drop("3")
    assert (len(seen), len(jars.where("owner", "anna"))) == (21, 20)


def test_what_lies_in_a_layer_is_not_true_below() -> None:
    jars = shelf(PLUM)
    layer = Layer(jars)
    layer.put(Jar(id="pear", owner="anna", tags=[]))
    layer.drop("plum")
    assert (owned(layer, "anna"), owned(jars, "anna")) == ({"pear"}, {"plum"})
    assert (layer.get("plum"), jars.get("pear")) == (None, None)


def test_a_layer_that_settles_is_true_one_down_and_no_further() -> None:
    jars = shelf()
    batch = Layer(jars)
    command = Layer(batch)
    command.put(PLUM)
    command.settle()
    assert (batch.get("plum"), jars.get("plum")) == (PLUM, None)
    batch.settle()
    assert jars.get("plum") == PLUM


def test_a_layer_says_what_the_disk_must_learn_and_nothing_else() -> None:
    layer = Layer(shelf(PLUM, Jar(id="fig", owner="ben", tags=[])))
    layer.put(Jar(id="pear", owner="anna", tags=[]))
    layer.drop("plum")
    learnt = {key: raw and from_json(raw, Jar) for table, key, raw in layer.changes() if table == "jars"}
    assert learnt == {"pear": Jar(id="pear", owner="anna", tags=[]), "plum": None}


def test_iterating_walks_the_rows_of_one_moment() -> None:
    jars = shelf(PLUM)
    for jar in jars:
        jars.put(Jar(id=jar.id + "'", owner="ben", tags=[]))
    assert len(jars) == 2


keys, owners = st.sampled_from("abcd"), st.sampled_from(["anna", "ben"])
changes = st.lists(st.tuples(st.sampled_from(["put", "drop", "settle", "refuse"]), keys, owners), max_size=30)


@given(changes)
def test_layers_over_a_shelf_say_what_one_dict_would(steps: list[tuple[str, str, str]]) -> None:
    jars, plain = shelf(), dict[str, str]()
    batch = Layer(jars)
    command, planned = Layer(batch), dict[str, str | None]()
    for step, key, owner in steps:
        if step == "put":
            command.put(Jar(id=key, owner=owner, tags=[owner]))
            planned[key] = owner
        elif step == "drop":
            command.drop(key)
            planned[key] = None
        else:
            if step == "settle":
                command.settle()
                plain.update(planned)  # type: ignore[arg-type]
                plain = {name: held for name, held in plain.items() if held is not None}
            command, planned = Layer(batch), {}
        for name in ("anna", "ben"):
            assert owned(batch, name) == {one for one, held in plain.items() if held == name}
            assert {row.id for row in batch.where("tag", name)} == owned(batch, name)
    assert len(jars) == 0
    batch.settle()
    assert {row.id: row.owner for row in jars} == plain


def test_who_follows_a_shelf_hears_of_each_row_that_is_set_or_removed() -> None:
    heard: list[str] = []
    jars = shelf()
    jars.changed.append(heard.append)
    jars.put(PLUM)
    over = Layer(jars)
    over.put(Jar(id="pear", owner="anna", tags=[]))
    assert heard == ["plum"]
    over.settle()
    jars.drop("plum")
    assert heard == ["plum", "pear", "plum"]
