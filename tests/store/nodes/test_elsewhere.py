"""Who is connected to other nodes: by their changes where none is missing, and nobody at one that is silent."""

from protocol.between import Here
from store.nodes.elsewhere import SILENT_SECONDS, Elsewhere


class Clock:
    """Seconds as a test says."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def begun() -> tuple[Elsewhere, Clock, list[tuple[str, str]]]:
    """One that knows of Anna's two devices at node n."""
    clock = Clock()
    elsewhere = Elsewhere(clock)
    elsewhere.hear(Here(node="n", version=1, devices={"d1": ("anna", False), "d2": ("anna", True)}, whole=True))
    changes: list[tuple[str, str]] = []
    elsewhere.changed.append(lambda person, device: changes.append((person, device)))
    return elsewhere, clock, changes


def test_who_is_there_is_known_with_every_device() -> None:
    elsewhere, _, _ = begun()
    assert elsewhere.is_online("anna")
    assert not elsewhere.is_online("ben")
    assert sorted(elsewhere.idle_of("anna")) == [False, True]
    assert elsewhere.is_connected("d1")
    assert not elsewhere.is_connected("d3")
    assert elsewhere.nodes() == ["n"]


def test_changes_are_taken_one_after_another() -> None:
    elsewhere, _, changes = begun()
    assert elsewhere.hear(Here(node="n", version=2, devices={"d1": None}))
    assert elsewhere.hear(Here(node="n", version=3, devices={"d2": ("anna", False), "d3": ("ben", False)}))
    assert changes == [("anna", "d1"), ("anna", "d2"), ("ben", "d3")]
    assert elsewhere.idle_of("anna") == [False]
    assert not elsewhere.is_connected("d1")


def test_after_a_gap_the_whole_is_to_be_asked_for_and_nothing_is_believed() -> None:
    elsewhere, _, changes = begun()
    assert not elsewhere.hear(Here(node="n", version=3, devices={"d2": None}))
    assert not elsewhere.hear(Here(node="n", version=3)), "a beat shows a gap, too"
    assert (changes, elsewhere.is_connected("d2")) == ([], True)
    assert elsewhere.hear(Here(node="n", version=3, devices={"d1": ("anna", False)}, whole=True))
    assert changes == [("anna", "d2")]


def test_a_node_that_was_never_heard_is_asked_for_the_whole() -> None:
    elsewhere, _, _ = begun()
    assert not elsewhere.hear(Here(node="m", version=4))
    assert elsewhere.hear(Here(node="m", version=4, devices={"d1": ("anna", False)}, whole=True))
    assert elsewhere.hear(Here(node="m", version=4))


def test_what_comes_late_changes_nothing_and_asks_for_nothing() -> None:
    elsewhere, _, changes = begun()
    elsewhere.hear(Here(node="n", version=2, devices={"d1": None}))
    assert elsewhere.hear(Here(node="n", version=1, devices={"d1": ("anna", False)}))
    assert changes == [("anna", "d1")]
    assert not elsewhere.is_connected("d1")


def test_at_a_node_that_is_silent_or_has_left_is_nobody() -> None:
    elsewhere, clock, changes = begun()
    elsewhere.hear(Here(node="m", version=1, devices={"d3": ("ben", False)}, whole=True))
    clock.now = SILENT_SECONDS - 1
    elsewhere.hear(Here(node="m", version=1))
    assert elsewhere.forget_silent() == {}
    clock.now = SILENT_SECONDS + 1
    assert elsewhere.forget_silent() == {"n": ["anna"]}
    assert not elsewhere.is_online("anna")
    assert elsewhere.is_online("ben")
    elsewhere.leave("m")
    elsewhere.leave("m")
    assert not elsewhere.is_online("ben")
    assert sorted(set(changes)) == [("anna", "d1"), ("anna", "d2"), ("ben", "d3")]


def test_a_device_at_two_nodes_is_connected_until_it_left_both() -> None:
    elsewhere, _, _ = begun()
    elsewhere.hear(Here(node="m", version=1, devices={"d1": ("anna", False)}, whole=True))
    elsewhere.leave("n")
    assert elsewhere.is_connected("d1")
    assert not elsewhere.is_connected("d2")
    elsewhere.leave("m")
    assert not elsewhere.is_online("anna")
