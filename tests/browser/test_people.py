"""People: how they are, which devices are theirs, whom they would rather not hear, and what they take along."""

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.people import begin, bubble, photo, say
from tests.browser.phones import Phone
from tests.browser.running import RunningServer

PickUp = Callable[..., Phone]


def settings(page: Page) -> None:
    """Goes to the settings."""
    page.goto(page.url.split("#")[0] + "#/settings")
    expect(page.get_by_role("heading", name="Settings", exact=True)).to_be_visible()


def test_others_see_how_one_is_and_that_nobody_is_there_any_more(phone: PickUp, server: RunningServer) -> None:
    hers = phone(name="anna")
    hers.page.clock.install()
    anna, bob = hers.join("Anna"), phone(1280, 800, name="bob").join("Bob")
    begin(bob, "Anna")
    header = bob.get_by_role("main").get_by_role("link").first
    expect(header).to_contain_text("online")
    settings(anna)
    anna.get_by_role("button", name="Set status").click()
    dialog = anna.get_by_role("dialog", name="Your status")
    dialog.get_by_role("radio", name="Busy").check()
    dialog.get_by_role("textbox", name="In a few words").fill("In class 📚")
    dialog.get_by_role("combobox", name="Ends").select_option("In 1 hour")
    assert violations(anna) == []
    dialog.get_by_role("button", name="Save").click()
    expect(header).to_contain_text("busy · In class 📚")
    expect(bob.get_by_role("img", name="busy").first).to_be_visible()
    expect(anna.get_by_text("In class 📚 · until")).to_be_visible()
    anna.get_by_role("button", name="Set status").click()
    dialog.get_by_role("button", name="Clear status").click()
    expect(header).to_contain_text("online")
    anna.clock.fast_forward("11:00")
    expect(header).to_contain_text("not at the device")
    anna.get_by_role("heading", name="Settings", exact=True).click()
    expect(header).to_contain_text("online")


def shows_a_code(page: Page) -> tuple[str, str]:
    """The first device shows a code: the link in it, and what one types."""
    settings(page)
    with page.expect_response("**/api/devices/code") as response:
        page.get_by_role("button", name="Add a device").click()
    dialog = page.get_by_role("dialog", name="Add a device")
    expect(dialog.get_by_role("img", name="QR code for the new device")).to_be_visible()
    made = response.value.json()
    expect(dialog).to_contain_text(f"{made['typed'][:4]} {made['typed'][4:]}")
    expect(dialog).to_contain_text(re.compile(r"Works once, for another 1:\d\d"))
    return made["links"][0], made["typed"]


def test_a_second_device_comes_in_by_the_code_it_scans(phone: PickUp, server: RunningServer) -> None:
    laptop, new = phone(1280, 800, name="laptop"), phone(name="new")
    anna = laptop.join("Anna")
    link, _ = shows_a_code(anna)
    assert violations(anna) == []
    new.page.goto(link)  # the plain page, for who does not trust the server yet; it hands the fragment on
    new.page.get_by_role("region", name="The way in").get_by_role("link", name="Open Parley").click()
    expect(new.page.get_by_text("Say yes there, and this one belongs to Anna too.")).to_be_visible()
    number = new.page.locator(".code").inner_text()
    assert violations(new.page) == []
    dialog = anna.get_by_role("dialog", name="Add Linux, Chrome?")
    expect(dialog).to_contain_text(number)
    dialog.get_by_role("button", name="Allow").click()
    new.page.get_by_role("region", name="Chats").wait_for()
    assert "#device" not in new.page.url
    expect(anna.get_by_text("Linux, Chrome is signed in now.")).to_be_visible()
    anna.get_by_role("button", name="Done").click()
    devices = anna.get_by_role("list", name="Your devices").get_by_role("listitem")
    expect(devices).to_have_count(2)
    devices.nth(1).get_by_role("button", name="Rename Linux, Chrome").click()
    anna.get_by_role("textbox", name="Name of the device").fill("Kitchen")
    anna.get_by_role("button", name="Save").click()
    expect(devices.nth(1)).to_contain_text("Kitchen")
    devices.nth(1).get_by_role("button", name="Sign out Kitchen").click()
    anna.get_by_role("dialog").get_by_role("button", name="Sign out").click()
    expect(devices).to_have_count(1)
    expect(new.page.get_by_role("textbox", name="Your name")).to_be_visible()


def test_where_there_is_no_camera_a_code_is_typed_and_five_wrong_ones_end_it(
    phone: PickUp, server: RunningServer
) -> None:
    laptop, new = phone(1280, 800, name="laptop"), phone(name="new")
    new.expect_complaints("404|410")
    anna = laptop.join("Anna")
    _, typed = shows_a_code(anna)
    page = new.open()
    page.get_by_role("button", name="I have a code").click()
    wrong = typed[:-1] + ("A" if typed[-1] != "A" else "B")
    for _ in range(5):
        page.get_by_role("textbox", name="Code").fill(wrong)
        with page.expect_response("**/api/session"):
            page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("alert")).to_contain_text("typed wrong five times")
    assert violations(page) == []
    expect(anna.get_by_text("Somebody typed this code wrong five times")).to_be_visible()
    with anna.expect_response("**/api/devices/code") as response:
        anna.get_by_role("button", name="Show a new code").click()
    page.get_by_role("textbox", name="Code").fill(response.value.json()["typed"].lower())
    page.get_by_role("button", name="Continue").click()
    anna.get_by_role("dialog", name="Add Linux, Chrome?").get_by_role("button", name="Allow").click()
    page.get_by_role("region", name="Chats").wait_for()


def card_of(page: Page, name: str) -> None:
    """From the conversation to who one talks with."""
    page.get_by_role("main").get_by_role("link").filter(has_text=name).first.click()
    expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()


def test_who_is_blocked_cannot_write_and_what_was_said_stays(phone: PickUp, server: RunningServer) -> None:
    anna, bob = phone(name="anna").join("Anna"), phone(1280, 800, name="bob").join("Bob")
    begin(bob, "Anna")
    say(bob, "before")
    begin(anna, "Bob")
    expect(bubble(anna, "before")).to_be_visible()
    card_of(anna, "Bob")
    anna.get_by_role("button", name="Block", exact=True).click()
    anna.get_by_role("dialog", name="Block Bob?").get_by_role("button", name="Block").click()
    expect(anna.get_by_text("You blocked Bob: neither of you")).to_be_visible()
    assert violations(anna) == []
    header = bob.get_by_role("main").get_by_role("link").first
    expect(header).to_contain_text("offline")
    say(bob, "after")
    expect(bob.get_by_role("alert").filter(has_text="This person cannot be reached here.")).to_be_visible()
    anna.go_back()
    expect(anna.get_by_text("You blocked Bob.")).to_be_visible()
    expect(anna.get_by_role("textbox", name="Message")).to_have_count(0)
    expect(bubble(anna, "before")).to_be_visible()
    assert violations(anna) == []
    anna.reload()
    anna.get_by_role("button", name="Unblock Bob").click()
    expect(anna.get_by_role("textbox", name="Message")).to_be_visible()
    expect(header).to_contain_text("online")
    bob.get_by_role("button", name="Send again").click()
    expect(bubble(anna, "after")).to_be_visible()


def test_what_one_takes_along_opens_without_us(phone: PickUp, server: RunningServer, tmp_path: Path) -> None:
    hers = phone(name="anna")
    anna, bob = hers.join("Anna"), phone(name="bob").join("Bob <b>bold</b>")
    begin(bob, "Anna")
    say(bob, "<script>document.title = 'caught'</script>")
    begin(anna, "Bob")
    say(anna, "Hello from Anna")
    expect(bubble(anna, "Hello from Anna").get_by_role("img", name=re.compile("Sent|Delivered|Read"))).to_be_visible()
    settings(anna)
    assert violations(anna) == []
    with anna.expect_download() as download:
        anna.get_by_role("link", name="Export my conversations").click()
    download.value.save_as(tmp_path / "parley.zip")
    with zipfile.ZipFile(tmp_path / "parley.zip") as made:
        made.extractall(tmp_path / "export")
    page = hers.context.new_page()
    page.goto((tmp_path / "export" / "index.html").as_uri())
    page.get_by_role("link", name="Bob <b>bold</b>").click()
    expect(page.get_by_role("heading", name="Bob <b>bold</b>")).to_be_visible()
    expect(page.get_by_text("Hello from Anna")).to_be_visible()
    expect(page.get_by_text("<script>document.title")).to_be_visible()
    expect(page).to_have_title("Bob <b>bold</b>")
    assert violations(page) == []
    page.screenshot(path=tmp_path / "export.png")


def test_a_picture_is_cut_to_a_square_and_a_taken_name_says_so_at_the_name(
    phone: PickUp, server: RunningServer, tmp_path: Path
) -> None:
    hers = phone(name="anna")
    hers.expect_complaints("409")
    anna, bob = hers.join("Anna"), phone(1280, 800, name="bob").join("Bob")
    settings(anna)
    anna.get_by_role("link").filter(has_text="Edit profile").click()
    with anna.expect_file_chooser() as chooser:
        anna.get_by_role("button", name="Change picture").click()
    chooser.value.set_files(photo(tmp_path))
    dialog = anna.get_by_role("dialog", name="Choose your picture")
    square = dialog.get_by_role("application", name="The part that others see")
    expect(square).to_be_visible()
    dialog.get_by_role("slider", name="Nearer or farther").fill("2")
    square.press("ArrowRight")
    box = square.bounding_box()
    assert box is not None
    anna.mouse.move(box["x"] + 140, box["y"] + 140)
    anna.mouse.down()
    anna.mouse.move(box["x"] + 100, box["y"] + 120)
    anna.mouse.up()
    assert violations(anna) == []
    dialog.get_by_role("button", name="Use this picture").click()
    expect(anna.get_by_role("status").filter(has_text="Saved.")).to_be_visible()
    shape = "async (img) => { await img.decode(); return [img.naturalWidth, img.naturalHeight]; }"
    width, height = anna.locator(".picture img").evaluate(shape)
    assert width == height > 0
    expect(bob.get_by_role("list", name="People").locator("img")).to_be_visible()
    anna.get_by_role("textbox", name="Your name").fill("Bob")
    anna.get_by_role("button", name="Save").click()
    expect(anna.get_by_role("alert")).to_contain_text("Somebody here is already called Bob")
    expect(anna.get_by_role("textbox", name="Your name")).to_have_attribute("aria-describedby", "wrong-name")
    anna.get_by_role("button", name="Remove picture").click()
    expect(anna.get_by_role("button", name="Remove picture")).to_have_count(0)
