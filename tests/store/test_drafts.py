"""Drafts: decided, not yet true; and views, which only read."""

import pytest

from protocol.answers import Reach
from protocol.records import to_json
from protocol.shapes import StandingCall
from store.cold import Cold
from store.drafts import Draft, Shelves, View, mark_key
from store.rows import Conversation, Invitation, Marks, Person
from store.shelves import Shelf

ANNA, BEN = "pannaaaaaaaaaa", "pbenaaaaaaaaaa"
PLACE = f"direct.{ANNA}.{BEN}"
BOTH = {one: [Reach(first=1, last=0)] for one in (ANNA, BEN)}
CALL = StandingCall(call="cfirstaaaaaaaa", caller=ANNA, device="dphoneaaaaaaaa", video=True, seq=2, at=5)


def test_a_draft_has_a_layer_for_every_shelf_that_rules_stand_on() -> None:
    marked = {"marks", "last_seen", "devices_seen", "statuses", "subscriptions", "retained"}  # no rule decides on them
    shelves = {name for name, shelf in vars(Shelves()).items() if isinstance(shelf, Shelf | Cold)}
    assert {layer.table for layer in Draft(Shelves()).layers} == shelves - marked


def test_the_name_of_a_shelf_is_its_table_on_disk() -> None:
    shelves = {name: shelf for name, shelf in vars(Shelves()).items() if isinstance(shelf, Shelf | Cold)}
    assert all(shelf.table == name for name, shelf in shelves.items())


def test_what_is_decided_is_seen_by_the_next_and_by_nobody_else() -> None:
    shelves = Shelves()
    batch = Draft(shelves)
    command = Draft(batch)
    command.people.put(Person(id=ANNA, name="Anna", keys=["=anna"]))
    command.settle()
    assert View(Draft(batch), 0).people("=anna") == [Person(id=ANNA, name="Anna", keys=["=anna"])]
    assert View(shelves, 0).people("=anna") == []
    assert batch.changes() == [("people", ANNA, to_json(Person(id=ANNA, name="Anna", keys=["=anna"])))]


def test_a_view_knows_the_call_that_somebody_is_in_or_that_rings_for_them() -> None:
    shelves = Shelves()
    shelves.conversations.put(Conversation(id=PLACE, kind="direct", members=BOTH, call=CALL))
    draft = Draft(shelves)
    assert [View(draft, 0).call_of(person) for person in (ANNA, BEN, "pother")] == [(PLACE, CALL), (PLACE, CALL), None]
    draft.conversations.put(Conversation(id=PLACE, kind="direct", members=BOTH))
    assert View(draft, 0).call_of(ANNA) is None
    assert View(shelves, 0).call_of(ANNA) == (PLACE, CALL)


def test_a_view_knows_the_moment_and_the_standing_invitations() -> None:
    shelves = Shelves()
    shelves.invitations.put(Invitation(id="x", kind="many", expires_at=9))
    view = View(shelves, 7)
    assert (view.now, [row.id for row in view.invitations("many")], view.invitations("one")) == (7, ["x"], [])


def test_rows_from_disk_are_put_on_their_shelves() -> None:
    shelves = Shelves()
    row = Marks(conversation=PLACE, person=ANNA, read=3)
    shelves.load([("marks", mark_key(PLACE, ANNA), to_json(row))])
    assert shelves.marks.get(mark_key(PLACE, ANNA)) == row


@pytest.mark.parametrize("table", ["rooms", "load", "__class__"])
def test_a_table_this_version_does_not_know_is_named(table: str) -> None:
    with pytest.raises(ValueError, match=table):
        Shelves().load([(table, "x", b"{}")])
