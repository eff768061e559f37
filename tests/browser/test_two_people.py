"""Two people: from the invitation to words, a photo, ticks, badges, and what survives a bad day."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import WebSocketRoute, expect

from tests.browser.firefox import until
from tests.browser.people import PIXELS, begin, bubble, conversation, photo, say, texts
from tests.browser.phones import Phone
from tests.browser.running import RunningServer

PickUp = Callable[..., Phone]
DOWN = "ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_CONNECTION_CLOSED|ERR_EMPTY_RESPONSE|WebSocket|ERR_SOCKET"


def test_two_people_join_write_and_see_each_others_ticks(phone: PickUp, server: RunningServer) -> None:
    anna, bob = phone(name="anna").join("Anna"), phone(1280, 800, name="bob").join("Bob")
    begin(bob, "Anna")
    say(bob, "Hello Anna")
    expect(bubble(bob, "Hello Anna").get_by_role("img", name="Delivered")).to_be_visible()
    expect(conversation(anna, "Bob")).to_contain_text("1 unread")
    expect(anna).to_have_title(re.compile(r"\(1\)"))
    begin(anna, "Bob")
    expect(bubble(anna, "Hello Anna")).to_be_visible()
    expect(bubble(bob, "Hello Anna").get_by_role("img", name="Read")).to_be_visible()
    expect(anna).not_to_have_title(re.compile(r"\(1\)"))
    say(anna, "Hello Bob")
    expect(bubble(bob, "Hello Bob")).to_be_visible()
    expect(bubble(anna, "Hello Bob").get_by_role("img", name="Read")).to_be_visible()


def test_somebody_writing_is_seen_while_they_write(phone: PickUp, server: RunningServer) -> None:
    anna, bob = phone(name="anna").join("Anna"), phone(name="bob").join("Bob")
    begin(anna, "Bob")
    begin(bob, "Anna")
    bob.get_by_role("textbox", name="Message").press_sequentially("I am writ", delay=20)
    expect(anna.get_by_role("status", name="Bob is writing")).to_be_visible()
    say(bob, "done")
    expect(anna.get_by_role("status", name="Bob is writing")).to_be_hidden()


def test_a_photo_is_sent_seen_at_its_size_and_opened(phone: PickUp, server: RunningServer, tmp_path: Path) -> None:
    anna, bob = phone(name="anna").join("Anna"), phone(1280, 800, name="bob").join("Bob")
    begin(bob, "Anna")
    with bob.expect_file_chooser() as chooser:
        bob.get_by_role("button", name="Attach a file").click()
    chooser.value.set_files(photo(tmp_path))
    bob.get_by_role("textbox", name="Message").fill("our holiday")
    bob.get_by_role("button", name="Send").click()
    begin(anna, "Bob")
    shown = anna.get_by_role("button", name="Photo holiday.png")
    picture = shown.locator("img")
    expect(picture).to_be_visible()
    assert picture.evaluate("async (img) => { await img.decode(); return img.naturalWidth > 0 }")
    box = picture.bounding_box()
    assert box is not None
    assert abs(box["width"] / box["height"] - PIXELS[0] / PIXELS[1]) < 0.05
    shown.click()
    viewer = anna.get_by_role("dialog")
    expect(viewer).to_be_visible()
    anna.keyboard.press("Escape")
    expect(viewer).to_be_hidden()


def test_what_is_written_offline_is_sent_once_and_in_order(phone: PickUp, server: RunningServer) -> None:
    writer = phone(name="anna")
    anna, bob = writer.join("Anna"), phone(name="bob").join("Bob")
    begin(anna, "Bob")
    begin(bob, "Anna")
    say(anna, "note 0")
    expect(bubble(bob, "note 0")).to_be_visible()
    writer.go_offline()
    for number in range(1, 6):
        say(anna, f"note {number}")
    expect(bubble(anna, "note 5").get_by_role("img", name="Waiting to be sent")).to_be_visible()
    writer.go_online()
    expect(bubble(bob, "note 5")).to_be_visible(timeout=40_000)
    expect(bubble(anna, "note 5").get_by_role("img", name="Read")).to_be_visible()
    assert texts(bob, r"note \d") == texts(anna, r"note \d") == [f"note {number}" for number in range(6)]


def test_a_killed_server_loses_nothing_it_acknowledged(phone: PickUp, server: RunningServer) -> None:
    hers, his = phone(name="anna"), phone(name="bob")
    anna, bob = hers.join("Anna"), his.join("Bob")
    begin(anna, "Bob")
    begin(bob, "Anna")
    for number in range(1, 6):
        say(anna, f"line {number}")
    expect(bubble(anna, "line 5").get_by_role("img", name=re.compile("Sent|Delivered|Read"))).to_be_visible()
    for one in (hers, his):
        one.expect_complaints(DOWN)
    server.kill()
    say(anna, "line 6")
    say(bob, "line 7")
    server.start()
    expect(bubble(bob, "line 6")).to_be_visible(timeout=40_000)
    expect(bubble(anna, "line 7")).to_be_visible(timeout=40_000)
    written = [f"line {number}" for number in range(1, 8)]
    assert sorted(texts(anna, r"line \d")) == sorted(texts(bob, r"line \d")) == written
    anna.reload()
    expect(bubble(anna, "line 7")).to_be_visible()
    until(lambda: texts(anna, r"line \d") == texts(bob, r"line \d"), "the same order for both")


def test_the_chat_goes_on_where_sockets_are_blocked(phone: PickUp, server: RunningServer) -> None:
    def blocked(socket: WebSocketRoute) -> None:
        socket.close(code=1011)

    hers = phone(name="anna")
    hers.expect_complaints("WebSocket")
    hers.page.route_web_socket("**/ws", blocked)
    anna, bob = hers.join("Anna"), phone(name="bob").join("Bob")
    begin(bob, "Anna")
    say(bob, "can you hear me")
    expect(conversation(anna, "Bob")).to_contain_text("1 unread", timeout=40_000)
    begin(anna, "Bob")
    say(anna, "by other means")
    expect(bubble(bob, "by other means")).to_be_visible()
    expect(bubble(bob, "can you hear me").get_by_role("img", name="Read")).to_be_visible()


def test_a_draft_survives_a_reload_and_shows_in_the_list(phone: PickUp, server: RunningServer) -> None:
    phone(name="bob").join("Bob")
    anna = phone(1280, 800, name="anna").join("Anna")
    begin(anna, "Bob")
    anna.get_by_role("textbox", name="Message").fill("half a thou")
    anna.get_by_role("link", name="People").click()
    anna.get_by_role("link", name="Chats").click()
    anna.reload()
    begin(anna, "Bob")
    expect(anna.get_by_role("textbox", name="Message")).to_have_value("half a thou")
