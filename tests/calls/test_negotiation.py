"""One offer at a time; sections keep their places for ever and are used again."""

import pytest

from calls.formats import FILM, H264, OPUS, VP8
from calls.ice import Credentials
from calls.negotiation import MAX_SECTIONS, SOURCES, Negotiation
from calls.sdp import Offer, Unacceptable
from tests.calls.answering import Sending, answer_to
from tests.calls.test_sdp import PRINT

KEYS = Credentials()


def offer(negotiation: Negotiation) -> Offer | None:
    return negotiation.offer(KEYS, PRINT, ())


def answered(negotiation: Negotiation) -> Offer:
    """The next offer, and its answer."""
    made = offer(negotiation)
    assert made
    negotiation.answer(made.version, answer_to(str(made), PRINT, {"0": Sending(5)}))
    return made


def test_the_first_offer_asks_for_everything_that_may_be_sent() -> None:
    made = offer(Negotiation())
    assert made
    assert [(one.kind, one.direction) for one in made.sections] == [(one.kind, "recvonly") for one in SOURCES]
    assert [one.layered for one in made.sections] == [False, True, False, False]


def test_only_the_sound_of_a_screen_is_offered_in_stereo() -> None:
    made = offer(Negotiation())
    assert made
    voice, _, _, film = made.sections
    assert (voice.codecs, film.codecs) == ((OPUS,), (FILM,))
    assert [";stereo=1;" in section for section in str(made).split("\r\nm=")[1:]] == [False, False, False, True]


def test_there_is_one_offer_at_a_time_and_the_next_has_all_that_changed() -> None:
    negotiation = Negotiation()
    made = offer(negotiation)
    assert made
    assert negotiation.send("audio", OPUS, "ann", "a", (1, 2)) == "4"
    assert negotiation.send("video", VP8, "ann", "v", (3, 4)) == "5"
    assert offer(negotiation) is None
    negotiation.answer(made.version, answer_to(str(made), PRINT, {}))
    again = offer(negotiation)
    assert again
    assert [one.ssrc for one in again.sections[4:]] == [1, 3]
    assert [one.rtx_ssrc for one in again.sections[4:]] == [0, 4]
    assert again.version == made.version + 1


def test_when_nothing_changed_nothing_is_offered() -> None:
    negotiation = Negotiation()
    answered(negotiation)
    assert offer(negotiation) is None


def test_a_section_that_is_free_is_used_again_for_its_kind() -> None:
    negotiation = Negotiation()
    negotiation.send("audio", OPUS, "ann", "a", (1, 2))
    negotiation.send("video", VP8, "ann", "v", (3, 4))
    answered(negotiation)
    negotiation.stop("5")
    assert answered(negotiation).sections[5].direction == "inactive"
    assert negotiation.send("audio", OPUS, "bob", "a", (5, 6)) == "6"
    assert negotiation.send("video", VP8, "bob", "v", (7, 8)) == "5"
    assert answered(negotiation).sections[5].ssrc == 7


def test_another_codec_is_offered_in_the_same_place() -> None:
    negotiation = Negotiation()
    negotiation.send("video", VP8, "ann", "v", (3, 4))
    answered(negotiation)
    negotiation.change_codec("4", H264)
    section = answered(negotiation).sections[4]
    assert (section.codecs, section.ssrc) == ((H264,), 3)


def test_a_section_that_was_rejected_is_never_used_again() -> None:
    negotiation = Negotiation()
    negotiation.send("audio", OPUS, "ann", "a", (1, 2))
    made = offer(negotiation)
    assert made
    text = answer_to(str(made), PRINT, {})
    head, _, tail = text.rpartition("m=audio 9")
    negotiation.answer(made.version, head + "m=audio 0" + tail)
    negotiation.stop("4")
    assert negotiation.send("audio", OPUS, "bob", "a", (3, 4)) == "5"
    assert "a=group:BUNDLE 0 1 2 3 5" in str(answered(negotiation))


def test_an_answer_to_another_offer_is_refused() -> None:
    negotiation = Negotiation()
    with pytest.raises(Unacceptable):
        negotiation.answer(0, "")
    made = offer(negotiation)
    assert made
    with pytest.raises(Unacceptable):
        negotiation.answer(made.version + 1, answer_to(str(made), PRINT, {}))
    negotiation.answer(made.version, answer_to(str(made), PRINT, {}))


def test_an_offer_that_was_lost_is_said_anew() -> None:
    negotiation = Negotiation()
    lost = offer(negotiation)
    negotiation.forget()
    made = offer(negotiation)
    assert lost
    assert made
    assert made.version == lost.version + 1
    assert made.sections == lost.sections


def test_sections_are_limited() -> None:
    negotiation = Negotiation()
    mids = [negotiation.send("audio", OPUS, "ann", "a", (one, 0)) for one in range(1, MAX_SECTIONS)]
    assert mids.count(None) == len(SOURCES) - 1
