"""Rooms with three people: made, joined, run, left, and what somebody who was put out of one still sees."""

import re
import zipfile
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import violations
from tests.browser.firefox import until
from tests.browser.people import bubble, conversation, menu_of, say
from tests.browser.phones import Phone
from tests.browser.running import RunningServer

PickUp = Callable[..., Phone]


def make_room(page: Page, name: str, *people: str, **rules: bool) -> None:
    """Makes a room with these people."""
    page.get_by_role("link", name="New room").click()
    for person in people:
        page.get_by_role("checkbox", name=person).check()
    page.get_by_role("button", name="Next").click()
    page.get_by_role("textbox", name="Name of the room").fill(name)
    for rule, on in rules.items():
        page.get_by_role("switch", name=RULES[rule]).set_checked(on)
    page.get_by_role("button", name="Make the room").click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()


NO_EVERYONE = """async () => {
    const { EVERYONE } = await import("/state/members.js");
    return (await import("/state/rooms.js")).room(EVERYONE).value === null;
}"""
RULES = {
    "public": "Everybody in the house can find and join it",
    "announcements": "Only for announcements",
    "history": "Who joins later sees all that was said before",
}


def card(page: Page, name: str) -> None:
    """Opens the card of the room that is shown."""
    page.get_by_role("link", name=name).last.click()
    expect(page.get_by_role("button", name="Copy the link to this room")).to_be_visible()


def member(page: Page, name: str) -> Locator:
    """Somebody's line on a room's card."""
    return page.get_by_role("main").get_by_role("list", name="People").get_by_role("listitem").filter(has_text=name)


def does(page: Page, name: str, what: str, *, sure: bool = False) -> None:
    """Something about a member, asked twice where it cannot be taken back."""
    page.get_by_role("button", name=f"Options for {name}").click()
    page.get_by_role("dialog").get_by_role("button", name=what).click()
    if sure:
        page.get_by_role("dialog").get_by_role("button", name=what).click()


def back(page: Page) -> None:
    """Out of the card."""
    page.get_by_role("main").get_by_role("button", name="Back").click()


def enter(page: Page, name: str) -> None:
    """Opens a room from the list."""
    conversation(page, name).get_by_role("link").click()
    expect(page.get_by_role("log", name="Messages")).to_be_visible()


def notice(page: Page, text: str) -> Locator:
    """A quiet line in the room."""
    return page.get_by_role("log", name="Messages").get_by_text(text)


def test_three_people_and_a_room_from_its_first_line_to_the_last(phone: PickUp, server: RunningServer) -> None:
    ada, ben, cleo = [phone(1280, 800, name=name).join(name.title()) for name in ("ada", "ben", "cleo")]
    expect(conversation(ben, "Everyone")).to_be_visible()
    make_room(ada, "Garden", "Ben", history=False)
    expect(notice(ada, "You made this room")).to_be_visible()
    say(ada, "Before Cleo")
    expect(conversation(ben, "Garden")).to_contain_text("Ada: Before Cleo")
    enter(ben, "Garden")
    expect(bubble(ben, "Before Cleo")).to_be_visible()
    expect(ben.get_by_role("log").locator(".author").filter(has_text="Ada")).to_be_visible()
    expect(ben.get_by_role("button", name="Voice call")).to_be_visible()

    # somebody who comes later reads from joining on, as this room says
    card(ada, "Garden")
    ada.get_by_role("button", name="Add people").click()
    ada.get_by_role("dialog").get_by_role("checkbox", name="Cleo").check()
    ada.get_by_role("dialog").get_by_role("button", name="Add 1 person").click()
    expect(member(ada, "Cleo")).to_be_visible()
    expect(notice(ben, "Ada added Cleo")).to_be_visible()
    expect(conversation(cleo, "Garden")).to_contain_text("Ada added you")
    enter(cleo, "Garden")
    expect(notice(cleo, "Ada added you")).to_be_visible()
    expect(bubble(cleo, "Before Cleo")).to_be_hidden()
    say(cleo, "Hello garden")
    expect(bubble(ben, "Hello garden")).to_be_visible()

    # a moderator, and a room of announcements
    does(ada, "Ben", "Make a moderator")
    expect(member(ada, "Ben")).to_contain_text("Moderator")
    expect(notice(ben, "You are a moderator now")).to_be_visible()
    ada.get_by_role("switch", name="Only for announcements").click()
    expect(ada.get_by_role("switch", name="Only for announcements")).to_be_checked()
    expect(cleo.get_by_text("Only the owner and moderators write here.")).to_be_visible()
    expect(cleo.get_by_role("button", name="Voice call")).to_be_hidden()  # who may not write does not begin one
    expect(cleo.get_by_role("textbox", name="Message")).to_be_hidden()
    say(ben, "Water at eight")
    expect(bubble(cleo, "Water at eight")).to_be_visible()
    menu_of(ben, "Water at eight").get_by_role("menuitem", name="Pin").click()
    cleo.get_by_role("button", name="All pinned messages").click()
    pinned = cleo.get_by_role("dialog", name="Pinned messages")
    expect(pinned.get_by_role("button", name="Unpin")).to_be_hidden()
    pinned.get_by_role("button", name="Water at eight").click()
    menu = menu_of(cleo, "Water at eight")
    expect(menu.get_by_role("menuitem", name="Copy link to message")).to_be_visible()
    expect(menu.get_by_role("menuitem", name="Unpin")).to_be_hidden()
    cleo.keyboard.press("Escape")

    # put out while looking at it
    does(ada, "Cleo", "Remove from the room", sure=True)
    expect(cleo.get_by_role("heading", name="You are no longer in Garden.")).to_be_visible()
    expect(conversation(cleo, "Garden")).to_be_hidden()
    say(ben, "After Cleo")
    expect(bubble(ben, "After Cleo")).to_be_visible()
    cleo.get_by_role("link", name="Back to the chats").click()
    cleo.reload()
    expect(conversation(cleo, "Everyone")).to_be_visible()
    expect(conversation(cleo, "Garden")).to_be_hidden()
    expect(cleo.get_by_text("After Cleo")).to_be_hidden()

    # what was said there can be taken along
    with ada.expect_download() as download:
        ada.get_by_role("link", name="Export this conversation").click()
    with zipfile.ZipFile(download.value.path()) as made:
        assert "Water at eight" in made.read("conversations/001 Garden/messages.html").decode()

    # the owner leaves, and the moderator owns it
    ada.get_by_role("button", name="Leave the room").click()
    ada.get_by_role("dialog").get_by_role("button", name="Leave the room").click()
    expect(conversation(ada, "Garden")).to_be_hidden()
    expect(notice(ben, "Ada left")).to_be_visible()
    expect(notice(ben, "You own this room now")).to_be_visible()


def test_who_is_put_out_while_a_thread_is_open_reads_that(phone: PickUp, server: RunningServer) -> None:
    ada = phone(1280, 800, name="ada").join("Ada")
    ben = phone(1280, 800, name="ben").join("Ben")
    cleo = phone(360, 740, name="cleo").join("Cleo")
    make_room(ada, "Garden", "Ben", "Cleo")
    say(ada, "Who waters?")
    menu_of(ada, "Who waters?").get_by_role("menuitem", name="Answer in a thread").click()
    thread = ada.get_by_role("complementary", name="Thread")
    thread.get_by_role("textbox", name="Message").fill("I do")
    thread.get_by_role("button", name="Send").click()
    for page in (ben, cleo):
        enter(page, "Garden")
        page.get_by_role("link", name="1 answer").click()
        expect(bubble(page, "I do")).to_be_visible()
    ada.get_by_role("button", name="Close the thread").click()
    card(ada, "Garden")
    for page, name in ((ben, "Ben"), (cleo, "Cleo")):
        does(ada, name, "Remove from the room", sure=True)
        expect(page.get_by_role("heading", name="You are no longer in Garden.")).to_have_count(1)
        expect(page.get_by_role("textbox", name="Message")).to_have_count(0)
        expect(bubble(page, "I do")).to_have_count(0)
        assert violations(page) == []
    cleo.get_by_role("link", name="Back to the chats").click()
    expect(conversation(cleo, "Everyone")).to_be_visible()


def test_a_public_room_is_found_and_joined_and_everyone_is_turned_off(phone: PickUp, server: RunningServer) -> None:
    ada, ben = [phone(1280, 800, name=name).join(name.title()) for name in ("ada", "ben")]
    make_room(ada, "Music", public=True)
    say(ada, "Who plays what?")
    ben.get_by_role("link", name="Find rooms").click()
    ben.get_by_role("searchbox", name="Search").fill("mus")
    assert violations(ben) == []
    ben.get_by_role("button", name="Join Music").click()
    expect(bubble(ben, "Who plays what?")).to_be_visible()
    expect(notice(ada, "Ben joined")).to_be_visible()
    assert violations(ben) == []

    # its card, renamed under the eyes of the other
    card(ada, "Music")
    assert violations(ada) == []
    ada.get_by_role("button", name="Edit the room").click()
    ada.get_by_role("textbox", name="Name of the room").fill("Loud music")
    ada.get_by_role("textbox", name="What it is about").fill("Songs and scales")
    ada.get_by_role("button", name="Save").click()
    expect(ben.get_by_role("heading", name="Loud music")).to_be_visible()
    expect(notice(ben, re.compile("Ada named the room").pattern)).to_be_visible()

    # everyone: written in by all, turned off by the host, who is the first to have joined
    ben.get_by_role("navigation", name="Sections").get_by_role("link", name="Chats").click()
    enter(ben, "Everyone")
    say(ben, "Hello house")
    expect(conversation(ada, "Everyone")).to_contain_text("Ben: Hello house")
    ada.get_by_role("navigation", name="Sections").get_by_role("link", name="Settings").click()
    ada.get_by_role("switch", name="The room “Everyone”").click()
    expect(ben.get_by_role("heading", name="You are no longer in Everyone.")).to_be_visible()
    expect(conversation(ben, "Everyone")).to_be_hidden()
    until(lambda: ada.evaluate(NO_EVERYONE), "her own page to know it")  # else the switch asks for the same again
    ada.get_by_role("switch", name="The room “Everyone”").click()
    expect(conversation(ben, "Everyone")).to_be_visible()


def test_one_word_calls_everybody_in_a_room_in_whichever_language(phone: PickUp, server: RunningServer) -> None:
    ada, ben = [phone(name=name).join(name.title()) for name in ("ada", "ben")]
    make_room(ada, "Garden", "Ben")
    enter(ben, "Garden")
    card(ben, "Garden")
    ben.get_by_role("radio", name="Mentions").check()
    ben.goto(f"{server.origin}/#/")
    say(ada, "Nobody in particular")
    expect(conversation(ben, "Garden")).to_contain_text("Nobody in particular")
    expect(ben).to_have_title("Parley")
    box = ada.get_by_role("textbox", name="Message")
    box.press_sequentially("@al")
    expect(ada.get_by_role("option", name="everyone · all in this room")).to_be_visible()
    assert violations(ada) == []
    box.press("Tab")
    expect(box).to_have_value("@everyone ")
    say(ada, "@everyone come at eight")
    expect(conversation(ben, "Garden").get_by_text("You are mentioned")).to_be_attached()
    expect(ben).to_have_title("(1) Parley")
    enter(ben, "Garden")
    expect(ben.locator(".mention.me")).to_have_text("@everyone")
    expect(ben).to_have_title("Parley")
    say(ben, "Ja, @Alle zusammen")
    expect(ada.locator(".mention.me").last).to_have_text("@Alle")
