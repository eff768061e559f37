"""The side pane: the list, people, the settings and one's profile, and what opens from them."""

from typing import Any

from playwright.sync_api import expect

from tests.browser.prepared import LONG
from tests.browser.screens.visit import Catalogue, Visit
from tests.store import photos

SCREENS = Catalogue()
OFFER = """() => window.dispatchEvent(Object.assign(new Event("beforeinstallprompt"), { prompt: async () => {} }))"""
NO_OFFER = "() => window.dispatchEvent(new Event('appinstalled'))"

END = """async () => {
  const { offer } = await import("/state/pairing.js");
  offer.value = { ...offer.value, state: "wrong" };
}"""


def search(visit: Visit, text: str) -> None:
    """Types above the list."""
    visit.field("chats.search", role="searchbox").fill(text)


def settings(visit: Visit) -> None:
    """Goes there."""
    visit.go("settings")
    visit.page.get_by_role("heading", name=visit.word("settings.title"), exact=True).wait_for()


@SCREENS.screen()
def chats(visit: Visit) -> None:
    visit.talk()
    visit.write("not sent yet")
    visit.go("")
    visit.page.get_by_role("list", name=visit.word("chats.label")).wait_for()


@SCREENS.screen(leave=lambda visit: visit.page.evaluate(NO_OFFER))
def an_offer_to_install(visit: Visit) -> None:
    visit.page.evaluate(OFFER)
    visit.sees("install.title")


@SCREENS.screen(leave=lambda visit: search(visit, ""))
def found_everywhere(visit: Visit) -> None:
    search(visit, "e")
    visit.page.locator(".hit").first.wait_for()


@SCREENS.screen(leave=lambda visit: search(visit, ""))
def a_poll_found(visit: Visit) -> None:
    search(visit, "o'clock")
    visit.page.locator(".hit-question").first.wait_for()


@SCREENS.screen(leave=lambda visit: search(visit, ""))
def found_nothing(visit: Visit) -> None:
    search(visit, "Nobody would say this")
    visit.sees("search.none")


@SCREENS.screen()
def people(visit: Visit) -> None:
    visit.go("people")
    visit.page.get_by_role("list", name=visit.word("people.label")).get_by_text(LONG).first.wait_for()


@SCREENS.screen(layer=1)
def invite(visit: Visit) -> None:
    visit.go("people")
    visit.press("invite.title")
    visit.dialog().get_by_role("img").wait_for()


@SCREENS.screen(leave=lambda visit: search(visit, ""))
def nobody_of_that_name(visit: Visit) -> None:
    visit.go("people")
    search(visit, "Xavier")
    visit.sees("chats.noMatch", "Xavier")


@SCREENS.screen()
def settings_of_a_host(visit: Visit) -> None:
    settings(visit)
    visit.sees("storage.title")


@SCREENS.screen(layer=1)
def status(visit: Visit) -> None:
    settings(visit)
    visit.press("status.change")
    dialog = visit.dialog()
    dialog.get_by_role("radio", name=visit.word("status.kinds.busy")).check()
    visit.field("status.ends", role="combobox").select_option("at")


@SCREENS.screen(layer=1)
def a_device_renamed(visit: Visit) -> None:
    settings(visit)
    visit.page.locator("ul[aria-labelledby=devices] .icon-button").first.click()
    visit.dialog()


@SCREENS.screen(layer=1)
def a_device_added(visit: Visit) -> None:
    settings(visit)
    visit.press("settings.addDevice")
    visit.dialog().get_by_role("img").wait_for()


def silent(visit: Visit) -> None:
    """Notifications are off again."""
    settings(visit)
    visit.field("settings.notify", role="switch").uncheck()


@SCREENS.screen(leave=silent)
def notifications(visit: Visit) -> None:
    settings(visit)
    visit.field("settings.notify", role="switch").check()
    visit.button("settings.test").scroll_into_view_if_needed()


@SCREENS.screen(layer=1)
def a_code_that_has_ended(visit: Visit) -> None:
    a_device_added(visit)
    visit.page.evaluate(END)
    visit.button("pairing.again").wait_for()


@SCREENS.screen(layer=1)
def sign_out(visit: Visit) -> None:
    settings(visit)
    visit.press("settings.signOut")
    visit.dialog()


@SCREENS.screen()
def profile(visit: Visit) -> None:
    visit.go("profile")
    visit.field("profile.about").wait_for()


@SCREENS.screen(layer=1)
def crop(visit: Visit) -> None:
    visit.go("profile")
    portrait: Any = {"name": "me.jpg", "mimeType": "image/jpeg", "buffer": photos.jpeg((600, 400), 1)}
    visit.attach("profile.picture", portrait)
    visit.dialog()


@SCREENS.screen(layer=1)
def shared_by_another_app(visit: Visit) -> None:
    visit.page.locator(".tab").first.focus()
    visit.page.evaluate("async () => { (await import('/state/sharing.js')).sharing.value = true; }")
    visit.dialog()


@SCREENS.screen(leave=lambda visit: visit.page.context.set_offline(False))
def without_a_network(visit: Visit) -> None:
    visit.page.context.set_offline(True)
    visit.page.locator(".banner").wait_for()
    visit.press("connection.why")
    expect(visit.page.locator(".banner > p")).to_be_visible()


@SCREENS.screen(layer=1)
def a_test_of_camera_and_microphone(visit: Visit) -> None:
    settings(visit)
    visit.press("gear.test")
    visit.page.locator(".trial video").wait_for()
    visit.page.get_by_role("combobox", name=visit.word("gear.speaker"), exact=True).wait_for()


@SCREENS.screen(layer=1)
def an_echo_of_camera_and_microphone(visit: Visit) -> None:
    a_test_of_camera_and_microphone(visit)
    visit.press("gear.begin")
    visit.page.locator(".trial-results .good").nth(1).wait_for()
