"""Everybody gets the best that their screen needs and their network carries, and small pictures before none."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calls.budget import (
    CALM_SECONDS,
    FAR,
    FLOOR,
    HEADROOM,
    SCREEN_ROOM,
    SMALL,
    TRIAL_SECONDS,
    WIDE,
    Budget,
    Passage,
    Picture,
    Trial,
    cap,
    publisher_limit,
    share,
)
from tests.house.tree import ROOT

LAYERS = {"l": 150_000.0, "h": 800_000.0}


def picture(key: str, height: int, now: str | None = None, **layers: float) -> Picture:
    return Picture(key, height, layers or LAYERS, now)


def test_with_room_enough_large_pictures_are_good_and_small_ones_small() -> None:
    assert share([picture("a", 720), picture("b", 180)], WIDE) == {"a": "h", "b": "l"}


def test_a_picture_no_taller_than_the_small_layer_is_small() -> None:
    assert share([picture("a", SMALL + 1), picture("b", SMALL)], WIDE) == {"a": "h", "b": "l"}


def test_the_small_layer_is_half_as_tall_as_the_camera_that_pages_ask_for() -> None:
    asked = re.search(r"height: \{ ideal: (\d+) \}", (ROOT / "pwa/call/devices.js").read_text("utf-8"))
    assert asked
    assert int(asked[1]) == SMALL * 2


def test_what_is_not_shown_is_not_sent() -> None:
    assert share([picture("a", 0), picture("b", 100)], WIDE) == {"a": None, "b": "l"}


def test_a_narrow_network_gets_small_pictures_of_all_before_a_good_one_of_any() -> None:
    assert share([picture("a", 720), picture("b", 360)], 500_000) == {"a": "l", "b": "l"}


def test_a_narrower_one_gets_the_largest_and_not_the_others() -> None:
    assert share([picture("b", 360), picture("a", 720)], 200_000) == {"a": "l", "b": None}


def test_the_largest_always_gets_something_or_nothing_would_ever_be_known_of_the_network() -> None:
    assert share([picture("a", 720)], 0) == {"a": "l"}


SCREEN = {"": 1_200_000.0}


def test_what_has_no_smaller_layer_goes_beyond_the_budget_by_a_little_only() -> None:
    screen = Picture("a", 900, SCREEN, now="", must=False)
    assert share([screen], SCREEN[""] / FAR + 1) == {"a": ""}
    assert share([screen], SCREEN[""] / FAR - 1) == {"a": None}


def test_what_has_no_smaller_layer_and_is_held_back_needs_room_to_spare() -> None:
    screen = Picture("a", 900, SCREEN, must=False)
    assert share([screen], SCREEN[""] * HEADROOM - 1) == {"a": None}
    assert share([screen], SCREEN[""] * HEADROOM + 1) == {"a": ""}


def test_it_goes_while_it_is_tried() -> None:
    assert share([Picture("a", 900, SCREEN)], 0) == {"a": ""}


def test_the_largest_that_has_layers_always_gets_something_behind_a_screen_that_is_held_back() -> None:
    screen = Picture("a", 900, SCREEN, must=False)
    assert share([screen, picture("b", 200), picture("c", 100)], 0) == {"a": None, "b": "l", "c": None}
    assert share([replace(screen, now=""), picture("b", 200)], 1_200_000) == {"a": "", "b": None}


def test_what_is_left_makes_the_largest_better_first() -> None:
    pictures = [picture("b", 400), picture("a", 720)]
    assert share(pictures, 300_000 + 800_000) == {"a": "h", "b": "l"}


def test_what_goes_on_may_fill_the_network_and_what_begins_needs_room_to_spare() -> None:
    assert share([picture("a", 720, now="h")], 810_000) == {"a": "h"}
    assert share([picture("a", 720, now="l")], 810_000) == {"a": "l"}


def test_one_stream_without_layers_goes_or_does_not() -> None:
    single = {"": 600_000.0}
    both = [Picture("a", 720, single), Picture("b", 360, single)]
    assert share(both, WIDE) == {"a": "", "b": ""}
    assert share(both, 1_000_000) == {"a": "", "b": None}


def test_a_video_of_which_nothing_comes_is_not_sent() -> None:
    assert share([Picture("a", 720, {})], WIDE) == {"a": None}


@given(
    st.lists(st.tuples(st.integers(0, 1080), st.sampled_from([None, "l", "h"])), max_size=30),
    st.floats(0, 20_000_000),
)
def test_what_is_given_out_fits_but_for_the_one_that_always_goes(
    shown: list[tuple[int, str | None]], budget: float
) -> None:
    pictures = [picture(str(place), height, now) for place, (height, now) in enumerate(shown)]
    chosen = share(pictures, budget)
    assert set(chosen) == {one.key for one in pictures}
    assert sum(LAYERS[name] for name in chosen.values() if name) <= max(budget, LAYERS["l"])
    assert all(chosen[one.key] is None for one in pictures if one.height == 0)


def passage(
    sent: float = 1_000_000, estimate: float | None = None, loss: float = 0, round_trip: float = 0.02
) -> Passage:
    return Passage(sent, estimate, loss, round_trip)


def test_heavy_loss_takes_half_of_what_is_lost_from_what_was_sent() -> None:
    budget = Budget()
    budget.hears(passage(loss=0.2), now=1)
    assert budget.limit == 900_000


def test_an_estimate_counts_when_the_network_shows_it_too() -> None:
    late, lossy, well = Budget(shortest=0.02), Budget(), Budget()
    late.hears(passage(estimate=700_000, round_trip=0.2), now=1)
    lossy.hears(passage(estimate=700_000, loss=0.05), now=1)
    well.hears(passage(estimate=700_000), now=1)
    assert (late.limit, lossy.limit, well.limit) == (700_000, 700_000, WIDE)


def test_an_estimate_above_what_is_sent_says_nothing() -> None:
    budget = Budget()
    budget.hears(passage(estimate=900_000, loss=0.05), now=1)
    assert budget.limit == WIDE


def test_one_look_halves_a_budget_at_most() -> None:
    budget = Budget()
    budget.hears(passage(estimate=7_000, loss=0.05), now=1)
    assert budget.limit == 500_000


def test_a_calm_network_gets_more_again_after_a_while() -> None:
    budget = Budget()
    budget.hears(passage(estimate=700_000, loss=0.05), now=0)
    budget.hears(passage(sent=600_000), now=1)
    assert budget.limit == 700_000
    for second in range(int(CALM_SECONDS), 60):
        budget.hears(passage(sent=600_000, estimate=900_000), now=second)
    assert budget.limit == WIDE


def test_a_little_loss_changes_nothing() -> None:
    budget = Budget(limit=500_000)
    budget.hears(passage(sent=400_000, loss=0.05), now=99)
    assert budget.limit == 500_000


def test_what_arrived_is_carried_whatever_was_believed() -> None:
    budget = Budget(limit=FLOOR)
    budget.hears(passage(loss=0.05), now=1)
    assert budget.limit == 950_000
    budget.hears(passage(sent=2_000_000, loss=0.25), now=2)
    assert budget.limit == 1_500_000


def test_what_waits_in_a_queue_has_not_arrived() -> None:
    budget = Budget(limit=FLOOR, shortest=0.02)
    budget.hears(passage(round_trip=0.4), now=1)
    assert budget.limit == FLOOR


def test_a_picture_that_is_held_back_is_tried_for_a_moment() -> None:
    trial, budget = Trial(), Budget()
    assert not trial.is_on(100, budget)
    trial.went(False, 100, budget)
    trial.went(False, 104, budget)
    assert not trial.is_on(104.9, budget)
    assert trial.is_on(105, budget)
    trial.went(True, 105, budget)
    assert trial.is_on(106.9, budget)
    assert not trial.is_on(107, budget)


def test_each_trial_in_vain_doubles_the_time_until_the_next() -> None:
    trial, budget, now, pauses = Trial(), Budget(), 100.0, []
    for _ in range(6):
        trial.went(False, now, budget)
        held_at = now
        while not trial.is_on(now, budget):
            now += 0.5
        pauses.append(now - held_at)
        trial.went(True, now, budget)
        now += TRIAL_SECONDS
    assert pauses == [5, 10, 20, 40, 60, 60]


def test_a_trial_ends_with_the_first_bad_report() -> None:
    trial, budget = Trial(paused_at=100), Budget()
    trial.went(True, 105, budget)
    assert trial.is_on(106, budget)
    budget.hears(passage(loss=0.2), now=105.5)
    assert not trial.is_on(106, budget)
    trial.went(False, 106, budget)
    assert trial.paused_at == 106


def test_no_trial_begins_on_a_way_that_is_late_and_one_ends_there() -> None:
    trial, budget = Trial(paused_at=100), Budget(shortest=0.02)
    budget.hears(passage(round_trip=0.4), now=105)
    assert not trial.is_on(105, budget)
    trial.went(False, 105, budget)
    budget.hears(passage(), now=106)
    assert trial.is_on(106, budget)
    trial.went(True, 106, budget)
    budget.hears(passage(round_trip=0.4), now=107)
    assert not trial.is_on(107, budget)
    trial.went(False, 107, budget)
    assert (trial.paused_at, trial.pause) == (107, 10)


def test_a_picture_that_stays_is_tried_no_more_and_soon_should_it_be_held_back_again() -> None:
    trial, budget = Trial(paused_at=100, pause=40), Budget()
    trial.went(True, 140, budget)
    trial.went(True, 142, budget)
    assert trial.paused_at is None
    trial.went(False, 150, budget)
    assert trial.is_on(155, budget)


def test_a_way_of_unknown_length_is_not_late() -> None:
    budget = Budget()
    budget.hears(passage(estimate=1_000, round_trip=0), now=1)
    assert budget.limit == WIDE


def test_no_network_is_given_up() -> None:
    budget = Budget()
    for second in range(50):
        budget.hears(passage(sent=10_000, estimate=1_000, loss=0.9), now=second)
    assert budget.limit == FLOOR


@pytest.mark.parametrize(
    ("people", "limit"), [(1, 3_000_000), (3, 2_000_000), (9, 1_200_000), (10, 600_000), (40, 600_000)]
)
def test_the_more_people_the_less_each_may_send(people: int, limit: int) -> None:
    assert cap(people) == limit


def test_who_sends_one_stream_goes_by_what_more_than_half_can_take() -> None:
    assert publisher_limit(2, shares=[300_000]) == 300_000
    assert publisher_limit(3, shares=[900_000, 300_000]) == 300_000
    assert publisher_limit(4, shares=[200_000, 900_000, 800_000]) == 800_000
    assert publisher_limit(5, shares=[200_000, 300_000, 900_000, 800_000]) == 300_000
    assert publisher_limit(3, shares=[1_000]) == FLOOR


def test_one_bad_network_does_not_slow_down_a_picture_for_many() -> None:
    assert publisher_limit(9, shares=[FLOOR, *[5_000_000] * 7]) == cap(9)


def test_what_comes_in_layers_beside_a_screen_has_its_own_room() -> None:
    assert publisher_limit(2, shares=[300_000], beside=500_000) == 800_000


def test_a_screen_in_a_class_has_room_beside_the_camera() -> None:
    assert publisher_limit(12, shares=[WIDE] * 11, screen=True) == cap(12) + SCREEN_ROOM
    assert cap(12) + SCREEN_ROOM > 2_000_000


def test_a_screen_has_only_the_room_that_more_than_half_can_take() -> None:
    narrow, wide = [500_000] * 6, [WIDE] * 5
    assert publisher_limit(12, shares=narrow + wide, beside=200_000, screen=True) == 700_000
