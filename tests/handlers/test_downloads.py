"""How a file is served: pure parts. The journeys over sockets are in test_uploads.py."""

import pytest

from handlers.downloads import Stretch, Unsatisfiable, asked_stretch, content_type, disposition, matches


@pytest.mark.parametrize(
    ("header", "stretch"),
    [
        ("bytes=0-0", Stretch(0, 1)),
        ("bytes=2-5", Stretch(2, 4)),
        ("bytes=7-", Stretch(7, 3)),
        ("bytes=-4", Stretch(6, 4)),
        ("bytes=-99", Stretch(0, 10)),
        ("bytes=5-99", Stretch(5, 5)),
        ("BYTES=1-2", Stretch(1, 2)),
    ],
)
def test_a_range_names_its_bytes(header: str, stretch: Stretch) -> None:
    assert asked_stretch(header, 10) == stretch


@pytest.mark.parametrize(
    "header",
    ["", "bytes=", "bytes=-", "bytes=5-2", "bytes=0-1,4-5", "lines=1-2", "bytes=a-b", "bytes=" + "9" * 5000 + "-"],
)
def test_what_is_no_single_range_gets_the_whole_file(header: str) -> None:
    assert asked_stretch(header, 10) is None


@pytest.mark.parametrize("header", ["bytes=10-", "bytes=11-12", "bytes=-0", "bytes=99999999999999999999-"])
def test_a_range_beyond_the_end_is_unsatisfiable(header: str) -> None:
    with pytest.raises(Unsatisfiable):
        asked_stretch(header, 10)


@pytest.mark.parametrize("header", ["bytes=0-", "bytes=0-0", "bytes=-1"])
def test_an_empty_file_has_no_range(header: str) -> None:
    with pytest.raises(Unsatisfiable):
        asked_stretch(header, 0)


def test_a_picture_is_shown_and_everything_else_is_saved() -> None:
    assert disposition("a.png", "image/png").startswith("inline; ")
    for kind in ["text/plain", "application/pdf", "application/octet-stream", "image/svg+xml", "text/html"]:
        assert disposition("a.png", kind).startswith("attachment; ")


def test_a_name_cannot_break_out_of_its_header() -> None:
    header = disposition('a"; filename="b.exe', "text/plain")
    assert header.count('"') == 2
    assert "filename*=UTF-8''a%22%3B%20filename%3D%22b.exe" in header


def test_a_name_in_any_script_arrives_encoded() -> None:
    header = disposition("Grüße 😀.txt", "text/plain")
    assert header == "attachment; filename=\"Gr__e _.txt\"; filename*=UTF-8''Gr%C3%BC%C3%9Fe%20%F0%9F%98%80.txt"
    assert header.isascii()


def test_text_says_its_encoding() -> None:
    assert content_type("text/plain") == "text/plain; charset=utf-8"
    assert content_type("image/png") == "image/png"


def test_a_known_tag_matches_and_another_does_not() -> None:
    assert matches('"x", W/"abc"', '"abc"')
    assert matches("*", '"abc"')
    assert not matches('"abd"', '"abc"')
    assert not matches("", '"abc"')
