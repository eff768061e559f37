"""The quick part of messages that go by age."""

from scripts.faults import aged
from tests.faketime import require_library


def test_what_is_old_goes_and_what_is_young_stays() -> None:
    require_library()
    assert [one for one in aged.run(long=False) if not one.holds] == []
