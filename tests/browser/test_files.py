"""Files between people: photos smaller or as they are, never with the place; films, documents, all of them again."""

import io
import re
from collections.abc import Callable
from pathlib import Path

import pypdfium2
from PIL import Image
from playwright.sync_api import Download, Locator, Page, expect

from tests.browser.axe import violations
from tests.browser.people import begin, photo
from tests.browser.phones import Phone
from tests.browser.running import RunningServer
from tests.store import photos

PickUp = Callable[..., Phone]

COLOURS = """(image) => {
    const canvas = new OffscreenCanvas(64, 64);
    const pen = canvas.getContext("2d");
    pen.drawImage(image, 0, 0, 64, 64);
    return new Set(new Uint32Array(pen.getImageData(0, 0, 64, 64).data.buffer)).size;
}"""


def attach(page: Page, *paths: Path) -> None:
    """Chooses files, as the button would."""
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Attach a file").click()
    chooser.value.set_files(list(paths))


def send(page: Page) -> None:
    """What lies in the tray goes."""
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("list", name="Files to send")).to_be_hidden()


def log(page: Page) -> Locator:
    """The messages."""
    return page.get_by_role("log", name="Messages")


def bytes_of(download: Download) -> bytes:
    """What was saved."""
    return download.path().read_bytes()


def seen_large(page: Page, picture: Locator) -> bytes:
    """The picture's bytes, as they are saved from the viewer."""
    picture.click()
    viewer = page.get_by_role("dialog", name="Photo", exact=True)
    expect(viewer).to_be_visible()
    with page.expect_download() as download:
        viewer.get_by_role("link", name="Download").click()
    page.keyboard.press("Escape")
    expect(viewer).to_be_hidden()
    return bytes_of(download.value)


def test_photos_go_smaller_or_as_they_are_and_never_with_the_place(
    phone: PickUp, open_server: RunningServer, tmp_path: Path
) -> None:
    anna = phone(1280, 800, name="anna").join("Anna")
    bob = phone(name="bob").join("Bob")
    begin(anna, "Bob")
    begin(bob, "Anna")
    photo = tmp_path / "beach.jpg"
    photo.write_bytes(photos.jpeg((3000, 2000)))
    assert photos.PLACE in photo.read_bytes()
    attach(anna, photo)
    size = anna.get_by_role("group", name="Photos")
    expect(size.get_by_role("radio", name="Smaller")).to_be_checked()
    send(anna)
    shown = log(bob).get_by_role("button", name=re.compile("Photo beach"))
    expect(shown).to_have_count(1)
    smaller = seen_large(bob, shown.last)
    attach(anna, photo)
    size.get_by_role("radio", name="Original").check()
    expect(size.get_by_role("radio", name="Original")).to_be_checked()
    send(anna)
    expect(shown).to_have_count(2)
    original = seen_large(bob, shown.last)
    for content, wide in ((smaller, (1365, 2048)), (original, (2000, 3000))):
        assert photos.PLACE not in content
        with Image.open(io.BytesIO(content)) as image:
            upright = image.size if image.getexif().get(0x0112, 1) == 1 else image.size[::-1]
            assert upright == wide
            assert not image.getexif().get_ifd(0x8825)
    assert len(smaller) < len(original)


def test_a_film_is_seen_before_it_is_sent_and_while_it_waits(
    phone: PickUp, open_server: RunningServer, tmp_path: Path
) -> None:
    hers = phone(360, 740, name="anna")
    anna = hers.join("Anna")
    phone(name="bob").join("Bob")
    begin(anna, "Bob")
    photos.film(tmp_path / "party.mp4", (640, 360), seconds=3)
    (tmp_path / "broken.mp4").write_bytes(b"no film at all")
    attach(anna, tmp_path / "party.mp4", tmp_path / "broken.mp4")
    tray = anna.get_by_role("list", name="Files to send")
    party = tray.get_by_role("listitem").filter(has=anna.get_by_role("button", name="Remove party.mp4"))
    scene = party.get_by_role("img", name="party.mp4")
    expect(scene).to_have_js_property("naturalWidth", 640)
    expect(party).to_contain_text("0:03")
    assert scene.evaluate(COLOURS) > 50, "a scene, and not a black square"
    broken = tray.get_by_role("listitem").filter(has_text="broken.mp4")
    expect(broken).to_be_visible()
    expect(broken.get_by_role("img")).to_have_count(0)
    assert violations(anna) == []
    broken.get_by_role("button", name="Remove broken.mp4").click()
    hers.go_offline()
    send(anna)
    waits = log(anna).get_by_role("button", name="Video party.mp4")
    expect(waits.locator("img")).to_have_js_property("naturalWidth", 640)
    hers.go_online()
    expect(waits).to_contain_text("0:03")
    expect(waits).to_be_enabled()


def test_the_gallery_has_photos_films_and_files_and_the_viewer_walks_through_them(
    phone: PickUp, open_server: RunningServer, tmp_path: Path
) -> None:
    anna = phone(1280, 800, name="anna").join("Anna")
    bob = phone(name="bob").join("Bob")
    begin(anna, "Bob")
    (tmp_path / "iphone.heic").write_bytes(photos.heic((900, 600)))
    photos.film(tmp_path / "party.mp4", (320, 240), seconds=3)
    page = pypdfium2.PdfDocument.new()
    page.new_page(300, 400).close()
    page.save(tmp_path / "plan.pdf")
    page.close()
    attach(anna, *(tmp_path / name for name in ("iphone.heic", "party.mp4", "plan.pdf")))
    send(anna)
    expect(log(anna).get_by_role("button", name="Photo iphone.heic")).to_be_visible()
    begin(bob, "Anna")
    expect(log(bob).get_by_role("button", name="Video party.mp4")).to_contain_text("0:03")
    card = log(bob).get_by_role("link", name=re.compile("plan.pdf"))
    expect(card.locator("img")).to_have_js_property("complete", True)
    bob.get_by_role("link", name=re.compile("Anna")).first.click()
    bob.get_by_role("button", name="Photos, videos and files").click()
    gallery = bob.get_by_role("dialog", name="Photos, videos and files")
    media = gallery.get_by_role("list", name="Media")
    expect(media.get_by_role("listitem")).to_have_count(2)
    media.get_by_role("button", name="Photo iphone.heic").click()
    viewer = bob.get_by_role("dialog", name="Photo", exact=True)
    shown = viewer.get_by_role("img", name="Photo iphone.heic")
    bob.wait_for_function("() => document.querySelector('.viewer .stage img')?.naturalWidth === 900")
    expect(shown).to_be_visible()
    bob.keyboard.press("ArrowRight")
    expect(viewer.get_by_label("Video party.mp4")).to_be_visible()
    bob.wait_for_function("() => document.querySelector('.viewer video')?.readyState >= 2")
    viewer.get_by_role("button", name="Close").click()
    gallery.get_by_role("radio", name="Files").check()
    files = gallery.get_by_role("list", name="Files")
    expect(files.get_by_role("link", name=re.compile("plan.pdf"))).to_be_visible()


def test_a_forwarded_photo_is_of_who_sent_it_here(phone: PickUp, open_server: RunningServer, tmp_path: Path) -> None:
    anna = phone(1280, 800, name="anna").join("Anna")
    bob = phone(360, 740, name="bob").join("Bob")
    begin(anna, "Bob")
    attach(anna, photo(tmp_path))
    send(anna)
    begin(bob, "Anna")
    shot = log(bob).get_by_role("button", name=re.compile("^Photo holiday"))
    shot.click()
    viewer = bob.get_by_role("dialog", name="Photo", exact=True)
    expect(viewer).to_contain_text("Anna · ")
    bob.keyboard.press("Escape")
    for _ in range(2):
        shot.first.click(button="right")
        bob.get_by_role("menuitem", name="Forward").click()
        whom = bob.get_by_role("dialog", name="Forward to")
        whom.get_by_role("checkbox", name="Everyone").check()
        whom.get_by_role("button", name="Forward to 1").click()
        expect(bob.get_by_text("Forwarded from Anna").first).to_be_visible()
        bob.evaluate("location.hash = '#/'")
        begin(bob, "Anna")
    begin(anna, "Everyone")
    expect(log(anna).get_by_role("button", name=re.compile("^Photo holiday"))).to_have_count(2)
    anna.get_by_role("link", name=re.compile("Everyone")).last.click()
    anna.get_by_role("button", name="Photos, videos and files").click()
    tiles = anna.get_by_role("list", name="Media").get_by_role("button")
    expect(tiles).to_have_count(2)
    tiles.first.click()
    hers = anna.get_by_role("dialog", name="Photo", exact=True)
    expect(hers).to_contain_text("Bob · ")
    expect(hers).to_contain_text("1 of 2")
    assert violations(anna) == []
    anna.keyboard.press("ArrowRight")
    expect(hers).to_contain_text("2 of 2")
    anna.keyboard.press("ArrowLeft")
    expect(hers).to_contain_text("1 of 2")
