"""Where one writes: what helps, what is about to be sent, and what went wrong."""

import re
from typing import Any

from playwright.sync_api import Page, Route, expect

from tests.browser.screens.visit import Catalogue, Visit
from tests.store import photos

SCREENS = Catalogue()
# Shorter than a word, however slow the machine
SLIP = """async (id) => {
  const { voices } = await import("/state/voice.js");
  const { openRecorder } = await import("/call/recorder.js");
  await voices.start(id, openRecorder);
  await voices.finish();
}"""
TYPES = """async (id) => (await import("/state/typing.js")).typing(id)"""


def emptied(visit: Visit) -> None:
    """The box and the tray have nothing in them, and no message is answered or edited."""
    visit.talk()
    ways_out = visit.page.locator(".chosen > .icon-button, .composing > .icon-button")
    while ways_out.count():
        ways_out.last.click()
    visit.write("")


@SCREENS.screen(leave=emptied)
def an_answer(visit: Visit) -> None:
    visit.talk()
    visit.menu("pinned", "talk.reply")
    visit.page.locator(".composing").wait_for()


@SCREENS.screen(leave=emptied)
def an_edit(visit: Visit) -> None:
    visit.talk()
    visit.menu("edited", "talk.edit")
    visit.page.locator(".composing").wait_for()


def emptied_in_the_room(visit: Visit) -> None:
    """Nothing is left in the box there: a name begun would be completed over what is looked at next."""
    visit.talk(visit.house.rooms["Garden club"])
    visit.write("")


@SCREENS.screen(leave=emptied_in_the_room)
def names_are_suggested(visit: Visit) -> None:
    visit.talk(visit.house.rooms["Garden club"])
    visit.write("")
    visit.field("messages.textbox").press_sequentially("Ask @")
    visit.page.get_by_role("option").first.wait_for()
    visit.page.keyboard.press("ArrowDown")


@SCREENS.screen(leave=emptied)
def emoji_are_suggested(visit: Visit) -> None:
    visit.talk()
    visit.write("")
    visit.field("messages.textbox").press_sequentially("A :cat")
    visit.page.get_by_role("option").first.wait_for()


@SCREENS.screen(leave=emptied, mouse=True)
def marks_for_what_is_selected(visit: Visit) -> None:
    visit.talk()
    visit.write("some words")
    visit.field("messages.textbox").select_text()
    visit.page.get_by_role("toolbar").wait_for()


@SCREENS.screen(leave=emptied)
def too_long(visit: Visit) -> None:
    visit.talk()
    visit.write("Far too much to say. " * 300)
    visit.page.locator(".composer .wrong").wait_for()


@SCREENS.screen(leave=emptied)
def files_to_send(visit: Visit) -> None:
    visit.talk()
    photo: Any = {"name": "me.jpg", "mimeType": "image/jpeg", "buffer": photos.jpeg((600, 400), 1)}
    letter: Any = {"name": "Bebauungsplanänderungsantrag.txt", "mimeType": "text/plain", "buffer": b"words" * 400}
    visit.attach("messages.attach", photo, letter, photo)
    visit.page.locator(".chosen").nth(2).wait_for()


def cancelled(visit: Visit) -> None:
    """Nothing is on its way any more, and what follows gets through."""
    visit.page.locator(".progress .icon-button").last.click()
    visit.page.unroute("**/api/files/*")


@SCREENS.screen(leave=cancelled)
def a_file_on_its_way(visit: Visit) -> None:
    def hold(route: Route) -> None:
        if route.request.method != "PATCH":
            route.continue_()

    visit.page.route("**/api/files/*", hold)
    visit.talk()
    big: Any = {"name": "big.bin", "mimeType": "application/octet-stream", "buffer": b"0" * 100_000}
    visit.attach("messages.attach", big)
    visit.press("messages.send")
    visit.page.locator(".progress").wait_for()


def discarded(visit: Visit) -> None:
    """The message that was not taken is given up."""
    visit.page.locator(".failed .button").last.click()


@SCREENS.screen(leave=discarded)
def a_message_not_sent(visit: Visit) -> None:
    visit.talk(visit.house.anna.with_(visit.house.cleo))
    visit.write("Are you there?")
    visit.press("messages.send")
    visit.page.locator(".failed:not(.ticks)").wait_for()


@SCREENS.screen()
def somebody_is_writing(visit: Visit) -> None:
    visit.talk()
    visit.house.bob.page.evaluate(TYPES, visit.house.talk)
    visit.page.locator(".bubble.typing").wait_for()


@SCREENS.screen(layer=1)
def a_new_poll(visit: Visit) -> None:
    emptied(visit)
    visit.press("polls.make")
    dialog = visit.dialog()
    for number, option in enumerate(("Soup", "Soup", "Stew"), start=1):
        visit.field("polls.option", number).fill(option)
    dialog.get_by_role("switch").check()
    visit.press("polls.ask")
    visit.sees("polls.unfinished")


@SCREENS.screen(layer=1, mouse=True)
def emoji_for_the_box(visit: Visit) -> None:
    visit.talk()
    visit.press("emoji.open")
    visit.page.locator(".picker-grid").nth(1).wait_for()


@SCREENS.screen(mouse=True)
def tones_of_skin(visit: Visit) -> None:
    emoji_for_the_box(visit)
    visit.press("emoji.tone")
    visit.page.locator(".picker-tones").wait_for()


def unrecorded(visit: Visit) -> None:
    """The recording is thrown away."""
    visit.press("voice.cancel")
    expect(visit.field("messages.textbox")).to_be_visible()


def record(page: Page, visit: Visit) -> None:
    """By keys, so that both hands are free."""
    emptied(visit)
    button = visit.button("voice.record")
    button.focus()
    page.keyboard.press("Enter")
    page.get_by_role("timer").filter(has_text=re.compile("0:0[1-9]")).wait_for()


@SCREENS.screen(leave=unrecorded)
def a_voice_is_recorded(visit: Visit) -> None:
    record(visit.page, visit)


@SCREENS.screen(leave=unrecorded)
def a_voice_was_recorded(visit: Visit) -> None:
    record(visit.page, visit)
    visit.press("voice.stop")
    visit.page.locator(".voice-bar .wave").wait_for()


def let_go(visit: Visit) -> None:
    """Slid away, so that nothing is sent."""
    box = visit.page.locator(".voice-button").bounding_box()
    assert box
    towards = 200 if visit.page.evaluate("document.dir") == "rtl" else -160  # the start of the line
    visit.page.mouse.move(box["x"] + towards, box["y"] + 20, steps=3)
    visit.page.mouse.up()
    expect(visit.page.get_by_role("timer")).to_have_count(0)


@SCREENS.screen(leave=let_go)
def a_voice_while_it_is_held(visit: Visit) -> None:
    emptied(visit)
    box = visit.button("voice.record").bounding_box()
    assert box
    visit.page.mouse.move(box["x"] + 20, box["y"] + 20)
    visit.page.mouse.down()
    visit.page.get_by_role("timer").wait_for()


@SCREENS.screen()
def how_to_record(visit: Visit) -> None:
    visit.talk()
    visit.page.evaluate(SLIP, visit.house.talk)
    visit.page.locator(".voice-hint").wait_for()
