"""A call with Bob, from its first ring to its end. These follow one another."""

from playwright.sync_api import expect

from tests.browser.screens.visit import Catalogue, Visit

SCREENS = Catalogue()

# Somebody hears that one is busy, or "": nobody does any more
CALLED = """async (caller) => {
  const { calledMeanwhile } = await import("/state/call-meanwhile.js");
  calledMeanwhile.value = caller ? { caller, conversation: "" } : null;
}"""


def bob(visit: Visit) -> Visit:
    """The other side."""
    return Visit(visit.house.bob.page, visit.house)


def put_away(visit: Visit) -> None:
    """The end of a call, which may have gone by itself by now."""
    visit.page.keyboard.press("Escape")
    expect(visit.page.locator("dialog.call[open]")).to_have_count(0)


@SCREENS.screen()
def ringing(visit: Visit) -> None:
    visit.talk()
    visit.press("messages.voiceCall")
    visit.dialog()
    visit.sees("call.ringing")


@SCREENS.screen()
def no_call(visit: Visit) -> None:
    bob(visit).press("call.decline")
    visit.sees("call.endings.declined", "Bob")


@SCREENS.screen()
def somebody_calls(visit: Visit) -> None:
    put_away(visit)
    bob(visit).talk()
    bob(visit).press("messages.videoCall")
    visit.button("call.accept").wait_for()


@SCREENS.screen()
def a_look_before_answering(visit: Visit) -> None:
    visit.press("gear.look")
    visit.page.locator(".trial video").wait_for()
    visit.page.get_by_role("combobox", name=visit.word("gear.camera"), exact=True).wait_for()


@SCREENS.screen()
def a_call(visit: Visit) -> None:
    visit.page.keyboard.press("Escape")
    expect(visit.page.locator("dialog[open]")).to_have_count(1)
    visit.press("call.accept")
    visit.button("call.mute").wait_for()
    expect(visit.page.locator(".call-clock")).to_be_visible()


@SCREENS.screen()
def somebody_called_meanwhile(visit: Visit) -> None:
    visit.page.evaluate(CALLED, visit.house.cleo.id)
    visit.page.get_by_role("button", name=visit.word("call.callBack")).wait_for()


@SCREENS.screen(layer=2)
def more_people_for_a_call(visit: Visit) -> None:
    visit.page.evaluate(CALLED, "")
    visit.page.mouse.move(5, 5)
    visit.press("rooms.add")
    visit.dialog().get_by_role("checkbox").first.check()


@SCREENS.screen()
def more_of_a_call(visit: Visit) -> None:
    visit.page.keyboard.press("Escape")
    visit.page.mouse.move(5, 5)
    visit.press("gathering.more")
    visit.button("gear.statistics.copy").wait_for()


@SCREENS.screen()
def a_small_call(visit: Visit) -> None:
    visit.page.keyboard.press("Escape")
    visit.page.mouse.move(5, 5)
    visit.press("call.minimise")
    visit.page.locator(".call-float").wait_for()


@SCREENS.screen()
def the_end_of_a_call(visit: Visit) -> None:
    bob(visit).press("call.end")
    visit.sees("call.endings.ended")


@SCREENS.screen()
def calls_in_a_conversation(visit: Visit) -> None:
    put_away(visit)
    visit.talk()
    visit.page.locator(".call-entry").last.wait_for()
