"""Loss, jitter and what is asked for again are as RFC 3550 and 4585 have them."""

import pytest

from calls import reception
from calls.reception import Reception

CLOCK = 90_000


def took(*numbers: int, at: float = 0.0) -> Reception:
    one = Reception(CLOCK)
    for seq in numbers:
        one.took(seq & 0xFFFF, 0, 100, at)
    return one


def test_nothing_is_lost_of_what_comes_in_order_over_the_wrap() -> None:
    one = took(*range(65_530, 65_550))
    assert (one.packets, one.lost, one.octets, one.missing) == (20, 0, 2000, {})
    report = one.report(7)
    assert (report.fraction, report.highest) == (0, 65_549)


def test_what_is_missing_is_counted_and_reported_since_the_last_report() -> None:
    one = took(1, 2, 4)
    assert one.report(7).fraction == 64
    assert one.lost == 1
    for seq in (5, 6):
        one.took(seq, 0, 100, 0)
    report = one.report(7)
    assert (report.fraction, report.lost) == (0, 1)


def test_a_packet_that_was_overtaken_is_not_asked_for() -> None:
    one = took(1, 3)
    assert one.wanted(0) == []
    one.took(2, 0, 100, 0)
    assert not one.missing
    assert one.lost == 0


def test_a_packet_that_stays_away_is_asked_for_again_and_again_but_not_for_ever() -> None:
    one = took(1, 3, 4)
    now, asked = 0.0, 0
    assert one.wanted(now) == [2]
    assert one.wanted(now + reception.ASK_AGAIN_SECONDS / 2) == []
    while one.missing:
        now += reception.ASK_AGAIN_SECONDS
        asked += len(one.wanted(now))
    assert asked == reception.MAX_ASKED - 1


def test_what_came_again_is_asked_for_no_more_and_was_lost_all_the_same() -> None:
    one = took(1, 3, 4)
    one.came_again(2)
    assert one.wanted(0) == []
    assert one.lost == 1


def test_what_waits_in_a_queue_is_not_asked_for_once_more_before_it_can_have_come() -> None:
    one = took(1, 3, 4)
    assert one.wanted(0, late=0.4) == [2]
    assert one.wanted(2 * reception.ASK_AGAIN_SECONDS, late=0.4) == []
    assert one.wanted(0.4 + reception.ASK_AGAIN_SECONDS, late=0.4) == [2]


def test_numbers_that_are_asked_for_wrap() -> None:
    assert took(65_534, 65_537, 65_538).wanted(0) == [65_535, 0]


def test_a_jump_is_no_loss_to_be_repaired() -> None:
    one = took(1, 1 + reception.MAX_GAP + 1)
    assert not one.missing


def test_what_is_missing_is_bounded() -> None:
    one = took(*range(0, 4 * reception.MAX_GAP, 2))
    assert len(one.missing) == reception.MAX_GAP


def test_an_even_stream_has_no_jitter_and_an_uneven_one_has() -> None:
    even, uneven = Reception(CLOCK), Reception(CLOCK)
    for step in range(50):
        even.took(step, 3000 * step, 100, step / 30)
        uneven.took(step, 3000 * step, 100, step / 30 + (step % 2) * 0.01)
    assert even.jitter < 1
    assert uneven.jitter / CLOCK == pytest.approx(0.01, rel=0.1)


def test_a_timestamp_that_wraps_is_no_jitter() -> None:
    one = Reception(CLOCK)
    for step in range(10):
        one.took(step, ((1 << 32) - 9000 + 3000 * step) & 0xFFFFFFFF, 100, step / 30)
    assert one.jitter < 1


def test_who_sent_nothing_is_reported_as_nothing() -> None:
    report = Reception(CLOCK).report(7)
    assert (report.fraction, report.lost, report.highest) == (0, 0, 0)
