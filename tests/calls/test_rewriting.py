"""Several stretches become one stream without a break, and what was sent can be found again."""

from calls import video
from calls.formats import VP8
from calls.rewriting import Rewriter, again
from calls.rtp import Header
from tests.calls import packets

CLOCK = 90_000


def packet(seq: int, number: int, key: bool = False, timestamp: int | None = None, tl0: int = 0) -> bytes:
    stamp = 3000 * seq if timestamp is None else timestamp
    return packets.rtp(7, seq, packets.vp8(number, key, tl0), VP8.payload_type, stamp)


class Stream:
    """What one receiver got, and the rewriter that made it."""

    def __init__(self) -> None:
        self.rewriter = Rewriter()
        self.got: list[bytes] = []

    def begin(self, layer: str, data: bytes, now: float) -> None:
        self.rewriter.begin(layer, data, Header(data), CLOCK, now)
        self.take(data, now)

    def take(self, data: bytes, now: float) -> None:
        if out := self.rewriter.rewrite(data, Header(data), now):
            self.got.append(out)

    def numbers(self) -> list[tuple[int, int, int]]:
        """Sequence number, timestamp and picture id of each."""
        return [(*_header(one), _picture(one)) for one in self.got]


def _header(data: bytes) -> tuple[int, int]:
    return Header(data).seq, Header(data).timestamp


def _picture(data: bytes) -> int:
    found = video.picture(VP8.payload_type, data, Header(data).start)
    assert found
    return found.id_in(data)


def test_the_first_stretch_is_as_it_came() -> None:
    stream = Stream()
    stream.begin("l", packet(10, 100, key=True), 0)
    assert stream.got == [packet(10, 100, key=True)]


def test_another_layer_goes_on_where_the_last_one_ended() -> None:
    stream = Stream()
    stream.begin("l", packet(10, 100, key=True), 0.0)
    stream.take(packet(11, 101), 0.1)
    stream.begin("h", packet(500, 9000, key=True, timestamp=77), 0.2)
    stream.take(packet(501, 9001, timestamp=77 + 3000), 0.3)
    assert stream.numbers() == [(10, 30_000, 100), (11, 33_000, 101), (12, 42_000, 102), (13, 45_000, 103)]
    assert stream.rewriter.timestamp_offset == 42_000 - 77


def test_a_gap_of_the_layer_stays_a_gap_so_that_it_can_be_asked_for() -> None:
    stream = Stream()
    stream.begin("l", packet(10, 100, key=True), 0)
    stream.begin("h", packet(500, 9000, key=True), 0.1)
    stream.take(packet(502, 9002), 0.2)
    assert [seq for seq, *_ in stream.numbers()] == [10, 11, 13]


def test_after_a_pause_the_numbers_go_on_and_the_clock_is_the_same() -> None:
    stream = Stream()
    stream.begin("l", packet(10, 100, key=True), 0)
    stream.begin("l", packet(40_000, 130, key=True, timestamp=5_000_000), 60)
    assert stream.numbers() == [(10, 30_000, 100), (11, 5_000_000, 130)]


def test_what_was_made_before_the_switch_is_not_sent() -> None:
    stream = Stream()
    stream.begin("l", packet(10, 100, key=True), 0)
    stream.begin("h", packet(500, 9000, key=True), 0.1)
    stream.take(packet(499, 8999), 0.2)
    assert len(stream.got) == 2


def test_numbers_wrap() -> None:
    stream = Stream()
    stream.begin("l", packet(65_535, 0x7FFF, key=True), 0)
    stream.begin("h", packet(65_535, 5, key=True), 0.1)
    stream.take(packet(65_536, 6), 0.2)
    assert [(seq, number) for seq, _, number in stream.numbers()] == [(65_535, 0x7FFF), (0, 0), (1, 1)]


def test_what_went_out_as_it_came_is_continued() -> None:
    stream = Stream()
    stream.rewriter.continues("l", 8, packet(10, 100), 0)
    stream.begin("h", packet(500, 9000, key=True), 0.1)
    assert stream.numbers()[0][0] == 11
    assert stream.numbers()[0][2] == 101


def test_a_lost_packet_is_found_in_the_stretch_in_which_it_was_sent() -> None:
    stream = Stream()
    stream.rewriter.continues("l", 8, packet(10, 100), 0)
    stream.begin("h", packet(500, 9000, key=True), 0.1)
    stream.take(packet(501, 9001), 0.2)
    old, new = stream.rewriter.find(9), stream.rewriter.find(12)
    assert old is not None
    assert (old[0].layer, old[1]) == ("l", 9)
    assert new is not None
    assert (new[0].layer, new[1]) == ("h", 501)
    assert again(packet(501, 9001), new[0]) == stream.got[-1]
    assert stream.rewriter.find(7) is None


def test_the_index_of_the_base_layer_goes_on_too() -> None:
    stream = Stream()
    stream.begin("l", packet(10, 100, key=True, tl0=255), 0)
    stream.begin("h", packet(500, 9000, key=True, tl0=9), 0.1)
    found = video.picture(VP8.payload_type, stream.got[1], 12)
    assert found
    assert stream.got[1][found.tl0_at] == 0
