"""A third person is taken into a call of two: nobody hangs up, and all three see each other."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.calling import answer, joined, wait_for_pictures
from tests.browser.firefox import until
from tests.browser.people import begin
from tests.browser.phones import Phone
from tests.browser.running import RunningServer
from tests.browser.test_call import call, in_call
from tests.browser.test_call_moving import seconds
from tests.browser.test_gathering import does, live, sees, view

Phones = Callable[..., Phone]


def three(phone: Phones) -> tuple[Page, Page, Page]:
    """Ana, who talks to Ben, and Cleo, who is somewhere else."""
    ana, ben, cleo = (joined(phone, name, width, 800) for name, width in (("Ana", 390), ("Ben", 1280), ("Cleo", 390)))
    begin(ana, "Ben")
    call(ana)
    answer(ben)
    wait_for_pictures(ana, ben)
    return ana, ben, cleo


def add(page: Page, name: str) -> None:
    """Takes somebody in."""
    page.get_by_role("button", name="Add people").click()
    sheet = page.get_by_role("dialog", name="Add people")
    sheet.get_by_role("checkbox", name=name).check()
    sheet.get_by_role("button", name="Call", exact=True).click()
    expect(sheet).to_have_count(0)


def test_a_third_person_is_called_and_all_see_each_other(open_server: RunningServer, phone: Phones) -> None:
    ana, ben, cleo = three(phone)
    ben.get_by_role("button", name="Mute", exact=True).click()
    expect(ana.get_by_text("Ben is muted")).to_be_visible()
    before = seconds(ben)
    add(ana, "Cleo")
    title = "Ana, Ben and Cleo"
    for page in (ana, ben):
        expect(page.get_by_role("dialog", name=f"Call in {title}")).to_be_visible()
        expect(page.get_by_text("Calling Cleo…")).to_be_visible()
    ring = cleo.get_by_role("dialog", name="Incoming call")
    expect(ring).to_contain_text(title)
    live(ana, ben)
    assert seconds(ben) >= before
    answer(cleo)
    pages = (ana, ben, cleo)
    live(*pages)
    for page in pages:
        expect(page.get_by_text("Calling Cleo…")).to_have_count(0)
    for page in pages:
        until(lambda page=page: sees(page, 2), "the two others in pictures")
    until(lambda: [one["floor"]["muted"] for one in view(ana)["seats"]] == [False, True, False], "Ben is muted still")
    does(ana, "leave")  # three pictures in one page leave a busy machine no time for a mouse
    expect(ana.get_by_text("You left the call.")).to_be_visible()
    does(ana, "dismiss")
    log = ana.get_by_role("log", name="Messages")
    expect(log.get_by_text("Went on in a group")).to_be_visible()
    ana.get_by_role("button", name="Back").click()
    expect(ana.get_by_role("list", name="Conversations").get_by_role("link").filter(has_text=title)).to_be_visible()
    until(lambda: len(view(cleo)["seats"]) == 2, "the two others go on")


def test_a_page_that_is_loaded_again_afterwards_is_in_it_still(open_server: RunningServer, phone: Phones) -> None:
    ana, ben, cleo = three(phone)
    ben.get_by_role("button", name="Minimise").click()
    add(ana, "Cleo")
    live(ana, ben)
    expect(ben.locator("dialog.call.small")).to_have_attribute("aria-label", "Call in Ana, Ben and Cleo")
    cleo.get_by_role("dialog", name="Incoming call").get_by_role("button", name="Decline").click()
    ben.reload()
    live(ben)
    until(lambda: sees(ben, 1), "Ana")
    until(lambda: sees(ana, 1), "Ben")


def test_who_is_asked_for_is_asked_in_a_sheet_that_anybody_can_use(open_server: RunningServer, phone: Phones) -> None:
    ana, ben = joined(phone, "Ana"), joined(phone, "Ben")
    begin(ana, "Ben")
    call(ana, "Voice call")
    answer(ben)
    ana.get_by_role("button", name="Add people").click()
    sheet = ana.get_by_role("dialog", name="Add people")
    expect(sheet.get_by_text("Nobody else has joined yet")).to_be_visible()
    assert violations(ana) == []
    ana.keyboard.press("m")
    ana.keyboard.press("Escape")
    expect(sheet).to_have_count(0)
    in_call(ana, "Ben")
    expect(ana.get_by_role("button", name="Mute", exact=True)).to_be_visible()
