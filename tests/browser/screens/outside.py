"""What somebody sees who is not in yet. These follow one another on one device."""

from tests.browser.screens.visit import Catalogue, Visit

SCREENS = Catalogue()


@SCREENS.screen()
def no_invitation(visit: Visit) -> None:
    visit.page.goto(f"{visit.house.server.origin}/")
    visit.page.locator("#app > *").first.wait_for()  # nothing is drawn before the language is there
    visit.sees("join.needsInvitation")


@SCREENS.screen()
def join(visit: Visit) -> None:
    visit.page.goto(visit.house.server.invitation_link)
    visit.page.reload()
    visit.page.locator("#app > *").first.wait_for()  # as above: else its words are asked for in English
    assert visit.known
    visit.field("join.name").fill(visit.known.name)


@SCREENS.screen()
def name_taken(visit: Visit) -> None:
    visit.press("join.button")
    visit.sees("join.takenHint")


@SCREENS.screen()
def waiting(visit: Visit) -> None:
    visit.press("join.thatsMe")
    visit.sees("waiting.title")


@SCREENS.screen()
def refused(visit: Visit) -> None:
    assert visit.known
    other = Visit(visit.known.page, visit.house)
    other.dialog()
    other.press("claim.refuse")
    visit.sees("waiting.refused")


@SCREENS.screen()
def a_code_to_type(visit: Visit) -> None:
    visit.press("join.anotherName")
    visit.press("join.haveCode")
    visit.field("codeEntry.label").fill("ABCD 2345")


@SCREENS.screen()
def a_wrong_code(visit: Visit) -> None:
    visit.press("codeEntry.go")
    visit.page.get_by_role("alert").wait_for()
