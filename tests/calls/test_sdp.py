"""Offers that every client can read, and answers of which nothing is believed that was not offered."""

from dataclasses import replace
from pathlib import Path

import pytest
from aiortc.sdp import SessionDescription
from hypothesis import given
from hypothesis import strategies as st

from calls import formats, sdp
from calls.ice import Credentials
from calls.sdp import Candidate, Offer, Section, Unacceptable, candidates, read_answer
from tests.calls.answering import Sending, answer_to

PRINT = ":".join(["AB"] * 32)
CHROMIUM = (Path(__file__).parent / "samples" / "chromium.sdp").read_text("utf-8")

PUBLISHED = (
    Section("0", "audio", "recvonly", sdp.codecs("audio")),
    Section("1", "video", "recvonly", sdp.codecs("video"), layered=True),
)
SENT = (
    Section("2", "audio", "sendonly", sdp.codecs("audio"), stream="ann", track="ann.voice", ssrc=11),
    Section("3", "video", "sendonly", (formats.VP8,), stream="ann", track="ann.camera", ssrc=22, rtx_ssrc=33),
    Section("4", "video", "inactive", (formats.VP8,)),
)
SECTIONS = PUBLISHED + SENT

# What Chromium was offered when it answered the sample
FOR_CHROMIUM = (
    *PUBLISHED,
    Section("2", "video", "recvonly", sdp.codecs("video")),
    Section("3", "audio", "recvonly", sdp.codecs("audio")),
    *(replace(section, mid=str(int(section.mid) + 2)) for section in SENT),
)


def offer(*sections: Section) -> str:
    hosts = candidates(["192.0.2.1", "2001:db8::1"], 5000)
    return str(Offer(7, 1, Credentials("ufrag", "p" * 24), PRINT, hosts, sections or SECTIONS))


def answer(**sending: Sending) -> str:
    return answer_to(offer(), PRINT, {mid.strip("_"): one for mid, one in sending.items()})


# -- offers


def test_another_implementation_reads_the_same_offer() -> None:
    read = SessionDescription.parse(offer())
    assert [one.rtp.muxId for one in read.media] == ["0", "1", "2", "3", "4"]
    assert [one.direction for one in read.media] == ["recvonly", "recvonly", "sendonly", "sendonly", "inactive"]
    assert read.group[0].items == ["0", "1", "2", "3", "4"]
    assert read.media[0].ice is not None
    assert read.media[0].ice.iceLite
    assert [(one.ip, one.port, one.protocol, one.tcpType) for one in read.media[0].ice_candidates] == [
        ("192.0.2.1", 5000, "udp", None),
        ("2001:db8::1", 5000, "udp", None),
        ("192.0.2.1", 5000, "tcp", "passive"),
        ("2001:db8::1", 5000, "tcp", "passive"),
    ]
    assert read.media[3].msid == "ann ann.camera"
    assert [one.ssrc for one in read.media[3].ssrc] == [22, 33]
    assert read.media[0].dtls is not None
    assert read.media[0].dtls.fingerprints[0].value == PRINT


def test_udp_is_liked_better_than_tcp_and_the_first_host_best() -> None:
    lines = [one.line(rank) for rank, one in enumerate(candidates(["192.0.2.1", "192.0.2.2"], 5000))]
    priorities = [int(line.split()[3]) for line in lines]
    assert priorities == sorted(priorities, reverse=True)
    assert len(set(priorities)) == 4
    assert all(0 < one < 1 << 31 for one in priorities)


def test_a_name_is_no_address() -> None:
    with pytest.raises(ValueError, match="example"):
        candidates(["example.com"], 5000)
    assert candidates(["192.0.2.1"], 1)[1] == Candidate("192.0.2.1", 1, "tcp")


def test_layers_are_asked_for_where_they_are_wanted() -> None:
    assert "a=simulcast:recv l;h" in offer(PUBLISHED[1])
    assert "simulcast" not in offer(PUBLISHED[0], *SENT)


def test_opus_comes_with_its_repair_and_its_silence() -> None:
    assert "useinbandfec=1" in offer(PUBLISHED[0])
    assert "usedtx=1" in offer(PUBLISHED[0])


def test_a_section_that_was_rejected_keeps_its_place_and_has_no_port() -> None:
    text = offer(PUBLISHED[0], replace(SENT[0], mid="1", rejected=True), replace(SENT[1], mid="2"))
    assert "a=group:BUNDLE 0 2" in text
    assert "m=audio 0 " in text


# -- answers


def test_what_chromium_answers_is_understood() -> None:
    said = read_answer(CHROMIUM, FOR_CHROMIUM)
    assert said.role == "server"
    assert [one.active for one in said.sections] == [True] * 6 + [False]
    assert said.sections[1].layers == ("l", "h")
    assert (said.sections[2].ssrc, said.sections[2].rtx_ssrc) == (177532846, 1123560219)
    assert said.sections[5].payload_types == {96, 97}


def test_one_stream_with_its_retransmissions_is_understood() -> None:
    said = read_answer(answer(_0=Sending(5), _1=Sending(6, 7)), SECTIONS)
    assert [(one.active, one.ssrc, one.rtx_ssrc) for one in said.sections[:2]] == [(True, 5, 0), (True, 6, 7)]


def test_what_sends_nothing_is_inactive() -> None:
    assert [one.active for one in read_answer(answer(), SECTIONS).sections] == [False, False, True, True, False]


def test_who_answers_passive_is_called_by_us() -> None:
    assert read_answer(answer_to(offer(), PRINT, {}, setup="passive"), SECTIONS).role == "client"


def test_a_rejected_section_is_known_as_such() -> None:
    text = answer().replace("m=video 9 UDP/TLS/RTP/SAVPF 96 97\r\n", "m=video 0 UDP/TLS/RTP/SAVPF 96\r\n", 1)
    assert [one.rejected for one in read_answer(text, SECTIONS).sections] == [False, False, False, True, False]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("m=audio 9 UDP/TLS/RTP/SAVPF 111", "m=video 9 UDP/TLS/RTP/SAVPF 96"),
        ("m=audio 9 UDP/TLS/RTP/SAVPF 111", "m=audio x UDP/TLS/RTP/SAVPF 111"),
        ("m=audio 9 UDP/TLS/RTP/SAVPF 111", "m=audio 9 UDP/TLS/RTP/SAVPF 0"),
        ("m=audio 9 UDP/TLS/RTP/SAVPF 111", "m=audio"),
        ("a=mid:0", "a=mid:9"),
        ("a=rtcp-mux", "a=nothing"),
        ("a=inactive", "a=recvonly"),
        ("a=recvonly", "a=sendrecv"),
        ("a=rtpmap:111 opus/48000/2", "a=rtpmap:111 PCMU/8000"),
        ("a=rtpmap:96 VP8/90000", "a=rtpmap:97 VP8/90000"),
        ("a=rtpmap:96 VP8/90000", "a=rtpmap:x VP8/90000"),
        (f"a=fingerprint:sha-256 {PRINT}", f"a=fingerprint:md5 {PRINT}"),
        (f"a=fingerprint:sha-256 {PRINT}", "a=fingerprint:sha-256 no"),
        ("a=setup:active", "a=setup:actpass"),
        (
            "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\n",
            "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\n",
        ),
    ],
)
def test_an_answer_that_does_not_fit_is_refused(old: str, new: str) -> None:
    good = answer()
    assert old in good
    with pytest.raises(Unacceptable):
        read_answer(good.replace(old, new), SECTIONS)


def test_an_answer_without_any_section_left_is_refused() -> None:
    with pytest.raises(Unacceptable):
        read_answer(answer().replace(" 9 UDP", " 0 UDP"), SECTIONS)


@pytest.mark.parametrize(
    "lines",
    ["a=ssrc:4294967296 cname:x", "a=ssrc:x cname:x", "\r\n".join(f"a=ssrc:{one} cname:x" for one in range(1, 10))],
)
def test_sources_that_cannot_be_are_refused(lines: str) -> None:
    text = answer(_0=Sending(5)).replace("a=ssrc:5 cname:them", lines)
    with pytest.raises(Unacceptable):
        read_answer(text, SECTIONS)


def test_layers_that_were_not_offered_are_refused() -> None:
    text = answer(_1=Sending(layers=("l", "h"))).replace("a=simulcast:send l;h", "a=simulcast:send l;x")
    with pytest.raises(Unacceptable):
        read_answer(text, SECTIONS)


def test_a_layer_that_rests_is_still_a_layer() -> None:
    text = answer(_1=Sending(layers=("l", "h"))).replace("a=simulcast:send l;h", "a=simulcast:send ~h;l")
    assert read_answer(text, SECTIONS).sections[1].layers == ("l", "h")


def test_an_answer_that_is_too_long_is_not_read() -> None:
    with pytest.raises(Unacceptable, match="characters"):
        read_answer("a" * (sdp.MAX_ANSWER + 1), SECTIONS)


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    with pytest.raises(Unacceptable):
        read_answer(text, SECTIONS)


def test_what_the_page_leaves_out_of_an_answer_is_not_missed() -> None:
    sent = (Path(__file__).parent / "samples" / "chromium-sent.sdp").read_text("utf-8")
    assert read_answer(sent, FOR_CHROMIUM) == read_answer(CHROMIUM, FOR_CHROMIUM)


LINES = CHROMIUM.splitlines()


@given(st.integers(0, len(LINES) - 1), st.one_of(st.none(), st.text(max_size=40)), st.integers(0, 12))
def test_a_real_answer_with_a_line_broken_is_read_or_refused(place: int, instead: str | None, kept: int) -> None:
    broken = [*LINES[:place], *([] if instead is None else [LINES[place][:kept] + instead]), *LINES[place + 1 :]]
    try:
        said = read_answer("\r\n".join(broken), FOR_CHROMIUM)
    except Unacceptable:
        return
    assert len(said.sections) == len(FOR_CHROMIUM)
    assert all(0 <= one.ssrc < 1 << 32 and 0 <= one.rtx_ssrc < 1 << 32 for one in said.sections)


@pytest.mark.parametrize(
    ("word", "good"), [("ann", True), ("a b", False), ("a\r\na=x", False), ("", False), ("ä", False)]
)
def test_a_word_for_a_stream_cannot_break_out_of_its_line(word: str, good: bool) -> None:
    assert bool(sdp.WORD.fullmatch(word)) is good
