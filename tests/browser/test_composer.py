"""Writing: what a key does where, what is kept of half a thought, and files that wait until they are sent."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.looks import takes_the_focus
from tests.browser.people import begin, bubble, conversation, keeps, say
from tests.browser.phones import Phone
from tests.browser.running import RunningServer
from tests.browser.test_access import has_no_barrier
from tests.store import photos

PickUp = Callable[..., Phone]

PASTE = """(box) => {
    const carried = new DataTransfer();
    carried.items.add(new File(["some words"], "notes.txt", { type: "text/plain" }));
    box.dispatchEvent(new ClipboardEvent("paste", { clipboardData: carried, bubbles: true, cancelable: true }));
}"""

# How high the place to write is while its box is still to come, and once it is there
HEIGHTS = """() => { window.heights = new Promise((done) => {
  const seen = {};
  const look = () => {
    const place = document.querySelector(".composer");
    if (place) seen[place.querySelector("textarea") ? "box" : "coming"] = place.getBoundingClientRect().height;
    if (seen.box) { watch.disconnect(); done(seen); }
  };
  const watch = new MutationObserver(look);
  watch.observe(document.body, { childList: true, subtree: true });
}) }"""
# All that is drawn and taken away again, in the order of coming
DRAWN = """() => { window.drawn = []; new MutationObserver((changes) => {
  for (const { addedNodes } of changes)
    for (const one of addedNodes) if (one instanceof Element) drawn.push(one.className);
}).observe(document, { childList: true, subtree: true }) }"""
# The first that is to be rehearsed cannot be laid out
UNMEASURED = """() => {
  const made = document.createElement.bind(document);
  document.createElement = (name, ...more) => {
    const element = made(name, ...more);
    if (name === "main") element.getBoundingClientRect = () => { throw new Error("cannot be measured"); };
    return element;
  };
}"""
REHEARSED = """() => performance.getEntriesByName("rehearsed").length > 0"""

# A phone on which making photos smaller takes for ever, until that is changed and the page loaded again
SLOW = """if (!localStorage.getItem("quick")) window.createImageBitmap = () => new Promise(() => {});"""


def test_enter_sends_at_a_desk_and_breaks_the_line_in_the_hand(phone: PickUp, open_server: RunningServer) -> None:
    anna = phone(1280, 800, name="anna").join("Anna")
    bob = phone(name="bob").join("Bob")
    begin(anna, "Bob")
    begin(bob, "Anna")
    at_desk = anna.get_by_role("textbox", name="Message")
    at_desk.press_sequentially("one")
    at_desk.press("Shift+Enter")
    at_desk.press_sequentially("two")
    expect(at_desk).to_have_value("one\ntwo")
    at_desk.press("Enter")
    expect(at_desk).to_have_value("")
    expect(bubble(bob, "two")).to_be_visible()
    in_hand = bob.get_by_role("textbox", name="Message")
    in_hand.press_sequentially("three")
    in_hand.press("Enter")
    expect(in_hand).to_have_value("three\n")


def test_a_conversation_at_a_desk_takes_what_is_typed_from_its_first_frame_on(
    phone: PickUp, open_server: RunningServer
) -> None:
    anna = phone(1280, 800, name="anna").join("Anna")
    assert takes_the_focus(anna, conversation(anna, "Everyone").get_by_role("link"), "textarea")


def test_on_a_phone_the_box_comes_after_what_was_said_in_the_room_kept_for_it(
    phone: PickUp, open_server: RunningServer
) -> None:
    anna = phone(360, 740, name="anna").join("Anna")
    everyone = conversation(anna, "Everyone").get_by_role("link")
    anna.evaluate(HEIGHTS)
    everyone.click()
    heights = anna.evaluate("() => heights")
    assert heights["coming"] == heights["box"]
    anna.get_by_role("textbox", name="Message").fill("half a thought")
    anna.get_by_role("button", name="Back").click()
    anna.evaluate(HEIGHTS)
    everyone.click()
    assert list(anna.evaluate("() => heights")) == ["box"]  # what was begun is there at once


def test_what_is_rehearsed_is_neither_seen_nor_read(phone: PickUp, open_server: RunningServer) -> None:
    anna = phone(360, 740, name="anna").join("Anna")
    bob = phone(name="bob").join("Bob")
    begin(bob, "Anna")
    say(bob, "are you there")
    expect(conversation(anna, "Bob")).to_contain_text("are you there")
    anna.add_init_script(f"({DRAWN})()")
    anna.reload()
    anna.wait_for_function(REHEARSED)
    assert "pane main conversation" in anna.evaluate("() => drawn")
    expect(anna.get_by_role("main")).to_have_count(0)
    expect(conversation(anna, "Bob")).to_contain_text("1 unread")
    expect(bubble(bob, "are you there").get_by_role("img", name="Delivered")).to_be_visible()


def test_a_rehearsal_that_breaks_leaves_nothing_behind(phone: PickUp, open_server: RunningServer) -> None:
    anna = phone(360, 740, name="anna").join("Anna")
    broken: list[str] = []
    anna.on("console", lambda said: broken.append(said.text))
    anna.add_init_script(f"({UNMEASURED})()")
    anna.reload()
    anna.wait_for_function(REHEARSED)
    assert any("cannot be measured" in text for text in broken)
    expect(anna.locator("main")).to_have_count(0)


def test_half_a_thought_survives_a_reload_and_shows_in_the_list(phone: PickUp, open_server: RunningServer) -> None:
    anna = phone(name="anna").join("Anna")
    phone(name="bob").join("Bob")
    begin(anna, "Bob")
    anna.get_by_role("button", name="Say hello").click()
    anna.get_by_role("textbox", name="Message").fill("half a thought")
    anna.reload()
    expect(anna.get_by_role("textbox", name="Message")).to_have_value("half a thought")
    anna.get_by_role("button", name="Back").click()
    expect(conversation(anna, "Bob")).to_contain_text("Draft: half a thought")


def test_files_wait_in_a_tray_and_can_be_taken_out(phone: PickUp, open_server: RunningServer) -> None:
    anna = phone(1280, 800, name="anna").join("Anna")
    bob = phone(name="bob").join("Bob")
    begin(anna, "Bob")
    box = anna.get_by_role("textbox", name="Message")
    send = anna.get_by_role("button", name="Send")
    expect(send).to_be_hidden()
    expect(anna.get_by_role("button", name="Record a voice message")).to_be_visible()
    box.evaluate(PASTE)
    box.evaluate(PASTE)
    tray = anna.get_by_role("list", name="Files to send")
    expect(tray.get_by_role("listitem")).to_have_count(2)
    tray.get_by_role("button", name="Remove notes.txt").first.click()
    expect(tray.get_by_role("listitem")).to_have_count(1)
    send.click()
    expect(tray).to_be_hidden()
    begin(bob, "Anna")
    with bob.expect_download() as download:
        bob.get_by_role("log", name="Messages").get_by_role("link", name="notes.txt").click()
    assert download.value.path().read_text() == "some words"


def test_one_is_told_before_a_file_goes_that_may_say_where_it_was_made(
    phone: PickUp, open_server: RunningServer
) -> None:
    anna = phone(360, 740, name="anna").join("Anna")
    phone(name="bob").join("Bob")
    begin(anna, "Bob")
    chooser = anna.locator("input[type=file][multiple]")
    chooser.set_input_files({"name": "beach.dng", "mimeType": "", "buffer": b"x"})
    tray = anna.get_by_role("list", name="Files to send")
    expect(tray.get_by_role("listitem")).to_have_count(1)
    told = anna.get_by_role("status").filter(has_text="Where it was made")
    expect(told).to_be_hidden()
    chooser.set_input_files({"name": "beach.cr3", "mimeType": "", "buffer": b"x"})
    expect(told).to_contain_text("beach.cr3")
    has_no_barrier(anna, "tray that tells")
    tray.get_by_role("button", name="Remove beach.cr3").click()
    expect(told).to_be_hidden()


def test_words_beside_photos_go_once_and_what_is_written_meanwhile_stays(
    phone: PickUp, open_server: RunningServer, tmp_path: Path
) -> None:
    annas, bobs = phone(1280, 800, name="anna"), phone(name="bob")
    annas.context.add_init_script(SLOW)
    anna, bob = annas.join("Anna"), bobs.join("Bob")
    begin(anna, "Bob")
    begin(bob, "Anna")
    beach = tmp_path / "beach.jpg"
    beach.write_bytes(photos.jpeg((3000, 2000)))
    anna.locator("input[type=file][multiple]").set_input_files(beach)
    box = anna.get_by_role("textbox", name="Message")
    box.fill("at the beach")
    box.press("Enter")
    expect(bubble(anna, "at the beach")).to_be_visible()
    expect(box).to_have_value("")
    box.press("Enter")
    box.press_sequentially("half a thought")
    keeps(anna, "outbox", "at the beach")
    anna.evaluate("localStorage.setItem('quick', 'yes')")
    anna.reload()
    expect(bubble(bob, "at the beach")).to_have_count(1)
    shown = bob.get_by_role("log", name="Messages").get_by_role("button", name=re.compile("Photo beach"))
    expect(shown).to_have_count(1)
    expect(bubble(anna, "at the beach")).to_have_count(1)
    expect(box).to_have_value("half a thought")
