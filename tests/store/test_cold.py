"""Cold shelves: what was recalled for a batch, and nothing else."""

import pytest

from protocol.records import to_json
from store.cold import cold_stances, cold_standing, place_key, stance_key
from store.rows import Stance, Standing
from store.shelves import Layer

ROOM, ANNA = "room.raaaaaaaaaaaaa", "pannaaaaaaaaaa"


def test_keys_are_in_order_of_seq_and_a_person_s_lie_under_the_message_s() -> None:
    keys = [place_key(ROOM, seq) for seq in (2, 10, 100)]
    assert keys == sorted(keys)
    assert stance_key(ROOM, 2, ANNA).startswith(f"{place_key(ROOM, 2)}|")


def test_recalling_replaces_what_was_recalled_before() -> None:
    shelf = cold_standing()
    one, two = Standing(conversation=ROOM, seq=1), Standing(conversation=ROOM, seq=2)
    shelf.recall({place_key(ROOM, 1): to_json(one)})
    assert shelf.get(place_key(ROOM, 1)) == one
    shelf.recall({place_key(ROOM, 2): to_json(two)})
    assert (shelf.get(place_key(ROOM, 1)), shelf.get(place_key(ROOM, 2))) == (None, two)


def test_a_layer_over_it_settles_into_it() -> None:
    shelf = cold_stances()
    layer = Layer(shelf)
    row = Stance(conversation=ROOM, seq=1, person=ANNA, emoji=["👍"])
    layer.put(row)
    assert shelf.get(shelf.key(row)) is None
    layer.settle()
    assert shelf.get(shelf.key(row)) == row
    layer.drop(shelf.key(row))
    layer.settle()
    assert shelf.get(shelf.key(row)) is None


def test_it_is_found_by_key_only() -> None:
    with pytest.raises(LookupError):
        cold_standing().where("person", ANNA)
