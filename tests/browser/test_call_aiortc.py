"""A call between the page and aiortc: two implementations of WebRTC that share nothing but the protocol."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.calling import answer, joined, wait_for_pictures, wait_for_voices
from tests.browser.people import begin
from tests.browser.phones import Phone
from tests.browser.program import Program
from tests.browser.running import RunningServer


@pytest.fixture
def program(open_server: RunningServer) -> Iterator[Program]:
    """Somebody called Robin, who is a program."""
    robin = Program(open_server, "Robin")
    yield robin
    robin.close()


def test_the_page_calls_a_program_and_both_see_and_hear(program: Program, phone: Callable[..., Phone]) -> None:
    ana = joined(phone, "Ana")
    program.answers()
    begin(ana, "Robin")
    ana.get_by_role("button", name="Video call").click()
    wait_for_pictures(ana)
    wait_for_voices(ana)
    program.wait_for("video")
    program.wait_for("audio")
    expect(ana.locator("video.large")).to_be_visible()  # Robin says nothing of a camera: the pictures do
    ana.get_by_role("button", name="End call").click()
    program.wait_for_end()


def test_a_program_calls_the_page_and_both_see_and_hear(program: Program, phone: Callable[..., Phone]) -> None:
    ana = joined(phone, "Ana")
    me = ana.evaluate("fetch('/api/session').then((answer) => answer.json()).then(({ person }) => person.id)")
    program.calls(me)
    answer(ana)
    wait_for_pictures(ana)
    wait_for_voices(ana)
    program.wait_for("video")
    program.wait_for("audio")
    program.hangs_up()
    expect(ana.get_by_text("Call ended")).to_be_visible()
