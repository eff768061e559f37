"""A house put back from a backup: numbers are given a second time, and no phone takes one message for another."""

from collections.abc import Callable

from playwright.sync_api import expect

from scripts import backup, restore
from tests.browser.firefox import until
from tests.browser.people import begin, bubble, say, texts
from tests.browser.phones import Phone
from tests.browser.running import RunningServer
from tests.browser.test_two_people import DOWN

PickUp = Callable[..., Phone]
SAID = r"(?:kept|lost|waiting|new) \d"


def test_phones_load_the_restored_house_anew_and_send_what_waited(
    phone: PickUp, start_server: Callable[..., RunningServer]
) -> None:
    server = start_server("--store", "sqlite")  # whatever the others are on: PostgreSQL has backups of its own
    hers, his = phone(name="anna", server=server), phone(name="bob", server=server)
    anna, bob = hers.join("Anna"), his.join("Bob")
    begin(anna, "Bob")
    begin(bob, "Anna")
    say(anna, "kept 1")
    expect(bubble(bob, "kept 1")).to_be_visible()
    folders = ["--data", str(server.folder / "data"), "--certs", str(server.household.certs)]
    assert backup.main(folders) == 0  # the server runs
    say(bob, "lost 2")
    expect(bubble(anna, "lost 2")).to_be_visible()
    for one in (hers, his):
        one.expect_complaints(DOWN)
    server.kill()
    say(anna, "waiting 3")
    assert restore.main(folders) == 0
    server.start()
    for page in (bob, anna):
        expect(bubble(page, "waiting 3")).to_be_visible(timeout=40_000)
        expect(bubble(page, "lost 2")).to_have_count(0)
    say(bob, "new 4")
    expect(bubble(anna, "new 4")).to_be_visible()
    said = ["kept 1", "waiting 3", "new 4"]
    until(lambda: texts(anna, SAID) == texts(bob, SAID) == said, "the same for both")
    for page in (anna, bob):
        page.reload()
        expect(bubble(page, "new 4")).to_be_visible()
        until(lambda page=page: texts(page, SAID) == said, "what was said")
