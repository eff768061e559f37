"""What nodes tell each other is read as it was said, and what is none of it is refused."""

import pytest

from protocol.between import Between, Committed, Here, Homed, Left, Passed, Remembered, Signalled, Wondered
from protocol.codec import pack_between, read_between
from protocol.errors import BadFrame

ROW = ("room.r", 7, "message.sent", None, "anna", "ä\0", b"\x00\xff")


@pytest.mark.parametrize(
    "said",
    [
        Committed(
            node="n",
            number=3,
            id="c",
            before="b",
            whole=True,
            rows=[ROW],
            shelves=[("people", "p", None), ("a", "b", b"{}")],
        ),
        Committed(node="n", number=3, id="c", before="b", whole=False),
        Passed(node="n", frame=b"\x00", people=["p"]),
        Passed(node="n", frame=b"\x00", device="d"),
        Here(node="n", version=2, devices={"d": ("p", True), "e": None}),
        Here(node="n", version=2, whole=True),
        Wondered(node="n"),
        Left(node="n"),
        Homed(node="n", calls=["room.r c"]),
        Signalled(node="n", to="m", call="room.r c", peer="d", what="call.view", shown=[("e", "camera", 360)]),
        Remembered(node="n", table="claims", key="k", row=b"{}"),
        Remembered(node="n", table="claims", key="k"),
    ],
    ids=lambda said: type(said).__name__,
)
def test_it_is_read_as_it_was_said(said: Between) -> None:
    assert read_between(pack_between(said)) == said


@pytest.mark.parametrize("message", [b"", b"\xc1", b"\x01", b"\x80", pack_between(Left(node="n"))[:-1], b"\xff" * 9])
def test_what_is_none_of_it_is_refused(message: bytes) -> None:
    with pytest.raises(BadFrame):
        read_between(message)


def test_what_a_newer_version_says_is_refused() -> None:
    said = pack_between(Left(node="n")).replace(b"left", b"gone")
    with pytest.raises(BadFrame, match="nothing that a node of this version says"):
        read_between(said)
