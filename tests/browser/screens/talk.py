"""A conversation: what was said in it, what is done with a message, and what lies beside it."""

from playwright.sync_api import expect

from tests.browser.screens.visit import Catalogue, Visit

SCREENS = Catalogue()


@SCREENS.screen()
def a_conversation(visit: Visit) -> None:
    visit.talk()
    expect(visit.message("last")).to_be_visible()


@SCREENS.screen()
def its_beginning(visit: Visit) -> None:
    visit.go(f"c/{visit.house.talk}/{visit.house.seqs['hello']}")
    expect(visit.message("hello")).to_be_in_viewport()


@SCREENS.screen()
def its_pictures(visit: Visit) -> None:
    visit.go(f"c/{visit.house.talk}/{visit.house.seqs['edited'] + 6}")
    expect(visit.page.locator(".film-mark").first).to_be_in_viewport()


@SCREENS.screen()
def its_polls(visit: Visit) -> None:
    visit.go(f"c/{visit.house.talk}/{visit.house.seqs['closed poll']}")
    expect(visit.message("closed poll")).to_be_in_viewport()


@SCREENS.screen(layer=1)
def menu_of_ones_own(visit: Visit) -> None:
    visit.talk()
    visit.menu("edited")


@SCREENS.screen(layer=1)
def menu_of_anothers(visit: Visit) -> None:
    visit.talk()
    visit.menu("pinned")


@SCREENS.screen(layer=1)
def picker_of_emoji(visit: Visit) -> None:
    visit.talk()
    visit.menu("edited")
    visit.press("reactions.more")
    visit.page.locator(".picker-grid").nth(1).wait_for()


@SCREENS.screen(layer=1)
def an_emoji_sought(visit: Visit) -> None:
    picker_of_emoji(visit)
    visit.field("emoji.search", role="searchbox").fill("cat")
    visit.page.locator("[data-group=found]").wait_for()
    visit.page.keyboard.press("ArrowDown")  # out of the field, where Escape only empties it


@SCREENS.screen(layer=1)
def details_of_an_edited_message(visit: Visit) -> None:
    visit.talk()
    visit.menu("edited", "messages.details")
    visit.dialog().locator(".versions li").first.wait_for()


@SCREENS.screen(layer=1)
def who_reacted(visit: Visit) -> None:
    visit.talk()
    visit.menu("edited", "reactions.who")
    visit.dialog().locator(".faces li").first.wait_for()


@SCREENS.screen(layer=1)
def forward(visit: Visit) -> None:
    visit.talk()
    visit.menu("edited", "talk.forward")
    visit.dialog().get_by_role("checkbox").nth(1).check()


@SCREENS.screen(layer=1)
def delete_a_message(visit: Visit) -> None:
    visit.talk()
    visit.menu("edited", "talk.remove")
    visit.dialog()


@SCREENS.screen(layer=1)
def votes_of_a_poll(visit: Visit) -> None:
    visit.talk()
    visit.menu("poll", "messages.details")
    visit.dialog().locator(".faces li").first.wait_for()


@SCREENS.screen(layer=1)
def pinned_messages(visit: Visit) -> None:
    visit.talk()
    visit.press("pins.all")
    visit.dialog()


@SCREENS.screen(layer=1)
def a_photo(visit: Visit) -> None:
    its_pictures(visit)
    visit.page.get_by_role("button", name=visit.word("messages.picture", "photo 1.jpg")).click()
    expect(visit.dialog().get_by_role("img", name="photo 1.jpg")).to_be_visible()


@SCREENS.screen(layer=1)
def a_film(visit: Visit) -> None:
    its_pictures(visit)
    visit.page.locator(".picture-button:has(.film-mark)").first.click()
    expect(visit.dialog().locator("video")).to_be_visible()


@SCREENS.screen(leave=lambda visit: visit.press("search.close"))
def found_in_a_conversation(visit: Visit) -> None:
    visit.talk()
    visit.press("search.open")
    visit.field("search.here", role="searchbox").fill("bring")
    visit.page.locator(".finder .hit").first.wait_for()


@SCREENS.screen(leave=lambda visit: visit.press("search.close"))
def found_with_filters(visit: Visit) -> None:
    found_in_a_conversation(visit)
    visit.page.locator(".finder summary").click()
    visit.page.locator(".finder select").select_option(visit.house.bob.id)
    visit.page.locator(".finder .hit").first.wait_for()


@SCREENS.screen()
def a_thread(visit: Visit) -> None:
    visit.go(f"t/{visit.house.talk}/{visit.house.seqs['thread']}")
    expect(visit.page.locator(".thread .bubble").last).to_be_visible()


@SCREENS.screen()
def something_new_in_a_thread(visit: Visit) -> None:
    visit.talk()
    visit.house.bob.says(visit.house.talk, "And spoons", target=visit.house.seqs["thread"])
    visit.page.locator(".thread-bar").wait_for()


@SCREENS.screen()
def a_thread_without_answers(visit: Visit) -> None:
    visit.go(f"t/{visit.house.talk}/{visit.house.seqs['pinned']}")
    visit.sees("threads.none")


@SCREENS.screen()
def nothing_said_yet(visit: Visit) -> None:
    visit.talk(visit.house.anna.with_(visit.house.people["Finn"]))
    visit.sees("messages.none", "Finn")


@SCREENS.screen()
def with_somebody_blocked(visit: Visit) -> None:
    visit.talk(visit.house.anna.with_(visit.house.people["Eve"]))
    visit.sees("blocks.closed", "Eve")


@SCREENS.screen()
def with_somebody_removed(visit: Visit) -> None:
    visit.talk(visit.house.anna.with_(visit.house.people["Gone Girl"]))
    visit.sees("messages.removed")


@SCREENS.screen(leave=lambda visit: visit.page.locator(".playing .icon-button").last.click())
def a_voice_message_plays_elsewhere(visit: Visit) -> None:
    visit.talk()
    visit.log().locator(".voice-play").last.click()
    visit.talk(visit.house.anna.with_(visit.house.people["Finn"]))
    visit.page.locator(".playing").wait_for()
