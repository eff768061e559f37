"""Rooms and their cards, people's cards, and what opens from both."""

from playwright.sync_api import expect

from tests.browser.prepared import LONG
from tests.browser.screens.visit import Catalogue, Visit

SCREENS = Catalogue()
GARDEN = "Garden club"
OUT = "Announcements of the house"
SHOW_MESSAGE = ".blocked-message"


def card_of_garden(visit: Visit) -> None:
    """The card of the room that Anna owns."""
    visit.go(f"r/{visit.house.rooms[GARDEN]}")
    visit.page.locator(".members .member").nth(3).wait_for()


def card(visit: Visit, name: str) -> None:
    """Somebody's."""
    known = {"Bob": visit.house.bob.id, "Cleo": visit.house.cleo.id, "Anna": visit.house.anna.id}
    visit.go(f"p/{known.get(name) or visit.house.people[name]}")
    visit.page.get_by_role("heading", name=name, exact=True, level=1).wait_for()


@SCREENS.screen()
def public_rooms(visit: Visit) -> None:
    visit.go("rooms")
    visit.page.locator(".row.found").first.wait_for()


@SCREENS.screen()
def no_such_room(visit: Visit) -> None:
    public_rooms(visit)
    visit.field("chats.search", role="searchbox").fill("knitting")
    visit.sees("rooms.findNoMatch", "knitting")


@SCREENS.screen()
def a_new_room_who(visit: Visit) -> None:
    visit.go("new-room")
    visit.page.get_by_role("checkbox", name=LONG).check()
    visit.page.get_by_role("checkbox", name="Bob").check()


@SCREENS.screen()
def a_new_room_what(visit: Visit) -> None:
    visit.go("new-room")
    visit.press("rooms.next")
    visit.field("rooms.title").fill("Kitchen")


@SCREENS.screen()
def a_room(visit: Visit) -> None:
    visit.talk(visit.house.rooms[GARDEN])
    visit.page.locator(SHOW_MESSAGE).wait_for()


@SCREENS.screen()
def a_room_without_words(visit: Visit) -> None:
    visit.talk(visit.house.rooms["Empty room"])
    expect(visit.log()).to_be_visible()


@SCREENS.screen()
def a_room_of_announcements(visit: Visit) -> None:
    visit.talk(visit.house.rooms[OUT])
    visit.sees("rooms.onlyLeaders")


@SCREENS.screen(layer=1)
def details_in_a_room(visit: Visit) -> None:
    visit.talk(visit.house.rooms[GARDEN])
    visit.menu("mine in the room", "messages.details")
    visit.dialog().locator(".faces li, .hint").first.wait_for()


@SCREENS.screen()
def card_of_a_room(visit: Visit) -> None:
    card_of_garden(visit)


@SCREENS.screen()
def words_of_a_room(visit: Visit) -> None:
    card_of_garden(visit)
    visit.press("rooms.edit")
    visit.field("rooms.title").wait_for()


@SCREENS.screen(layer=1)
def a_member(visit: Visit) -> None:
    card_of_garden(visit)
    visit.press("rooms.options", LONG)
    visit.dialog()


@SCREENS.screen(layer=1)
def a_member_removed(visit: Visit) -> None:
    a_member(visit)
    visit.press("rooms.remove")
    expect(visit.dialog().get_by_role("heading")).to_have_text(visit.word("rooms.removeTitle", LONG))


@SCREENS.screen(layer=1)
def people_to_add(visit: Visit) -> None:
    card_of_garden(visit)
    visit.press("rooms.add")
    visit.dialog().get_by_role("checkbox").first.check()


@SCREENS.screen(layer=1)
def leave_a_room(visit: Visit) -> None:
    card_of_garden(visit)
    visit.press("rooms.leave")
    visit.dialog()


@SCREENS.screen(layer=1)
def mute(visit: Visit) -> None:
    card_of_garden(visit)
    visit.press("attention.mute")
    visit.dialog()


@SCREENS.screen()
def a_room_to_join(visit: Visit) -> None:
    visit.go(f"c/{visit.house.rooms['Chess']}")
    visit.button("rooms.joinRoom", "Chess").wait_for()


@SCREENS.screen()
def a_room_one_may_not_join(visit: Visit) -> None:
    visit.go(f"c/{visit.house.rooms['Secret society of readers']}")
    visit.sees("rooms.barred")


@SCREENS.screen()
def no_room(visit: Visit) -> None:
    visit.go("c/room.raaaaaaaaaaaaa")
    visit.sees("rooms.notThere")


def back_in(visit: Visit) -> None:
    """Bob lets her in again."""
    who = {"conversation": visit.house.rooms[OUT], "members": [visit.house.anna.id]}
    visit.house.bob.does("member.add", **who)


@SCREENS.screen(leave=back_in)
def put_out_of_a_room(visit: Visit) -> None:
    room = visit.house.rooms[OUT]
    visit.talk(room)
    visit.house.bob.does("member.remove", conversation=room, person=visit.house.anna.id)
    visit.sees("rooms.outOfHint")


@SCREENS.screen()
def card_of_a_person(visit: Visit) -> None:
    card(visit, "Bob")
    visit.sees("attention.title")


@SCREENS.screen(layer=1)
def a_look_before_calling_somebody(visit: Visit) -> None:
    card(visit, "Bob")
    visit.press("gear.look")
    visit.page.locator(".trial video").wait_for()
    visit.page.get_by_role("combobox", name=visit.word("gear.camera"), exact=True).wait_for()


@SCREENS.screen()
def ones_own_card(visit: Visit) -> None:
    card(visit, "Anna")
    visit.link("settings.edit").wait_for()
    expect(visit.button("people.remove")).to_have_count(0)


@SCREENS.screen()
def card_of_somebody_blocked(visit: Visit) -> None:
    card(visit, "Eve")
    visit.sees("blocks.isBlocked", "Eve")


@SCREENS.screen()
def card_of_somebody_removed(visit: Visit) -> None:
    card(visit, "Gone Girl")
    visit.sees("people.gone")


@SCREENS.screen(layer=1)
def block(visit: Visit) -> None:
    card(visit, "Bob")
    visit.press("blocks.block")
    visit.dialog()


@SCREENS.screen(layer=1)
def remove_a_person(visit: Visit) -> None:
    card(visit, "Bob")
    visit.press("people.remove")
    visit.dialog()


@SCREENS.screen(layer=1)
def gallery(visit: Visit) -> None:
    card(visit, "Bob")
    visit.press("gallery.title")
    visit.dialog().locator(".tile").first.wait_for()


@SCREENS.screen(layer=1)
def gallery_of_files(visit: Visit) -> None:
    gallery(visit)
    visit.page.get_by_role("radio", name=visit.word("gallery.files")).check()
    visit.page.get_by_role("dialog").get_by_text("seeds.csv").wait_for()


@SCREENS.screen(layer=1)
def an_empty_gallery(visit: Visit) -> None:
    card(visit, LONG)
    visit.press("gallery.title")
    visit.sees("gallery.noMedia")
