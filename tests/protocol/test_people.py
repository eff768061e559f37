"""What may be asked of people and their devices: limits that are checked before any rule is."""

from typing import Any

import pytest

from protocol import people
from protocol.codec import read_command
from protocol.commands import ChangeProfile, RenameDevice
from protocol.errors import Refusal
from protocol.shapes import MAX_ABOUT, MAX_LABEL, MAX_NAME
from scripts.protocol_examples import ANNA
from tests.protocol.registered import asks_and_tells, unregistered

NONCE = "0" * 22
DEVICE = "daaaaaaaaaaaaa"


def asked(name: str, **given: Any) -> Any:
    return read_command(name, given)


def test_every_command_and_event_of_people_is_in_its_registry() -> None:
    assert unregistered(people) == []
    assert min(asks_and_tells(people)) > 0


def test_a_card_is_changed_by_what_is_given_and_no_more() -> None:
    card = asked("profile.change", nonce=NONCE, display_name="x" * MAX_NAME, about="x" * MAX_ABOUT)
    assert isinstance(card, ChangeProfile)
    assert card.avatar is None


def test_the_longest_name_of_a_device_fits() -> None:
    assert isinstance(asked("device.rename", nonce=NONCE, device=DEVICE, device_name="x" * MAX_LABEL), RenameDevice)


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("profile.change", {"display_name": ""}),
        ("profile.change", {"display_name": "x" * (MAX_NAME + 1)}),
        ("profile.change", {"about": "x" * (MAX_ABOUT + 1)}),
        ("profile.change", {"avatar": "/etc/passwd"}),
        ("device.rename", {"device": DEVICE, "device_name": ""}),
        ("device.rename", {"device": DEVICE, "device_name": "x" * (MAX_LABEL + 1)}),
        ("device.revoke", {"device": ANNA}),
        ("person.block", {"person": DEVICE}),
    ],
)
def test_what_does_not_fit_is_refused(name: str, given: dict[str, Any]) -> None:
    with pytest.raises(Refusal, match=r"\w"):
        asked(name, nonce=NONCE, **given)
