"""The table of formats holds together: no number twice, none that a browser would take for something else."""

from itertools import chain

from calls import formats
from calls.formats import CODECS, EXTENSIONS, URIS, codec_of


def test_no_payload_type_is_given_twice_and_all_are_dynamic() -> None:
    numbers = list(filter(None, chain.from_iterable((one.payload_type, one.rtx) for one in CODECS)))
    assert len(numbers) == len(set(numbers))
    assert all(96 <= one <= 127 for one in numbers)  # RFC 3551, 6: these mean nothing by themselves


def test_every_extension_fits_one_byte_and_has_a_name() -> None:
    assert all(1 <= one <= 14 for one in URIS)
    assert set(chain.from_iterable(EXTENSIONS.values())) == set(URIS)


def test_what_must_not_change_while_calls_go_on() -> None:
    assert {(one.name, one.payload_type, one.rtx) for one in CODECS} == {
        ("opus", 111, 0),
        ("opus", 112, 0),
        ("VP8", 96, 97),
        ("H264", 102, 103),
        ("VP9", 98, 99),
        ("AV1", 100, 101),
    }


def test_a_payload_type_leads_to_its_codec_as_itself_and_as_retransmission() -> None:
    assert codec_of(96) is codec_of(97) is formats.VP8
    assert codec_of(0) is None
    assert codec_of(127) is None
