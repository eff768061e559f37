"""The page as it is served: versions, asset lists, headers."""

import gzip
import json
import re
from pathlib import Path

import pytest

from handlers.shell import Shell, first_modules
from handlers.words import LANGUAGES
from tests.handlers.house import SHELL, House, read
from tests.house.tree import plant

INDEX = '<script type="importmap">{"imports": {"lib": "/vendor/lib.mjs"}}</script><!-- modulepreload -->'


def site(folder: Path) -> Shell:
    """A small app."""
    files = {
        "index.html": INDEX,
        "app.js": 'import { a } from "./views/a.js";\nimport("./views/late.js");',
        "views/a.js": 'import x from "lib";\nexport const a = x;',
        "views/late.js": "",
        "vendor/lib.mjs": "export default 1;",
        "vendor/VENDORED.md": "notes",
        "sw.js": "const here = 1;",
    }
    return Shell(plant(folder, files))


def test_the_first_screens_modules_are_found_by_following_imports(tmp_path: Path) -> None:
    bodies = {"app.js": b'import "./a.js";', "a.js": b'export { b } from "./b.js";', "b.js": b'import("./c.js")'}
    assert first_modules("/app.js", bodies, {}) == ["/app.js", "/a.js", "/b.js"]


def test_only_what_is_imported_at_once_is_preloaded(tmp_path: Path) -> None:
    index = site(tmp_path).assets["/index.html"].body.decode()
    assert [path for path in ("/app.js", "/views/a.js", "/vendor/lib.mjs") if path not in index] == []
    assert "late.js" not in index


def test_the_worker_is_told_every_asset_and_no_notes(tmp_path: Path) -> None:
    first_line = site(tmp_path).assets["/sw.js"].body.decode().partition("\n")[0]
    told = json.loads(first_line.removeprefix("self.PARLEY = ").removesuffix(";"))
    assert set(told["assets"]) == {"/", "/app.js", "/views/a.js", "/views/late.js", "/vendor/lib.mjs"}


def test_a_changed_file_is_a_new_version_and_an_unchanged_folder_is_not(tmp_path: Path) -> None:
    shell = site(tmp_path)
    before = shell.version
    shell.refresh()
    assert shell.version == before
    (tmp_path / "views" / "a.js").write_text("export const a = 2000;")
    shell.refresh()
    assert shell.version != before


@pytest.mark.gen_test
async def test_a_browser_gets_the_page_and_a_program_the_health_document(house: House) -> None:
    page = await house.ask("GET", "/", Accept="text/html,*/*")
    document = await house.ask("GET", "/", Accept="application/json")
    assert page.headers["Content-Type"].startswith("text/html")
    assert read(document)["status"] == "ok"


@pytest.mark.gen_test
async def test_the_page_may_run_no_inline_script_but_its_import_map(house: House) -> None:
    policy = (await house.ask("GET", "/", Accept="text/html")).headers["Content-Security-Policy"]
    assert "script-src 'self' 'sha256-" in policy
    assert "unsafe" not in policy
    for promise in ("default-src 'none'", "frame-ancestors 'none'", "require-trusted-types-for 'script'"):
        assert promise in policy


@pytest.mark.gen_test
async def test_a_file_the_browser_has_is_not_sent_again(house: House) -> None:
    first = await house.ask("GET", "/app.js")
    again = await house.ask("GET", "/app.js", If_None_Match=first.headers["ETag"])
    assert (first.code, again.code, again.body) == (200, 304, b"")


@pytest.mark.gen_test
@pytest.mark.parametrize(
    "path", ["/../server.py", "/%2e%2e/server.py", "/..%2fserver.py", "//etc/passwd", "/server.py", "/vendor/"]
)
async def test_nothing_outside_the_app_is_served(house: House, path: str) -> None:
    answer = await house.ask("GET", path)
    assert answer.code == 404


@pytest.mark.gen_test
async def test_a_deep_link_gets_the_page_and_a_missing_file_does_not(house: House) -> None:
    assert (await house.ask("GET", "/somewhere/deep", Accept="text/html")).code == 200
    assert (await house.ask("GET", "/missing.js", Accept="text/html")).code == 404


@pytest.mark.gen_test
async def test_the_manifest_signs_in_only_who_is_signed_in(house: House) -> None:
    anna = await house.join("Anna")
    stranger = json.loads((await house.ask("GET", "/manifest.webmanifest")).body)
    known = json.loads((await house.ask("GET", "/manifest.webmanifest", **anna.bearer)).body)
    assert stranger["start_url"] == "/"
    assert known["start_url"].startswith("/?code=")
    for icon in known["icons"]:
        assert (await house.ask("GET", icon["src"])).code == 200, icon


@pytest.mark.gen_test
async def test_what_other_apps_share_comes_where_the_worker_takes_it(house: House) -> None:
    manifest = json.loads((await house.ask("GET", "/manifest.webmanifest")).body)
    target, params = manifest["share_target"], manifest["share_target"]["params"]
    assert (target["method"], target["enctype"]) == ("POST", "multipart/form-data")  # else no files come
    assert target["action"].startswith(manifest["scope"])  # else no browser takes it
    worker = SHELL.assets["/sw.js"].body.decode()
    assert f'pathname === "{target["action"]}"' in worker
    words = [params[kind] for kind in ("title", "text", "url")]
    assert f"{json.dumps(words)}.map((name) => form.get(name))" in worker
    [files] = params["files"]
    assert f'form.getAll("{files["name"]}")' in worker
    assert "*/*" in files["accept"]


@pytest.mark.gen_test
async def test_the_manifest_is_in_the_language_of_the_browser(house: House) -> None:
    made = json.loads((await house.ask("GET", "/manifest.webmanifest", **{"Accept-Language": "de-AT,en;q=0.5"})).body)
    assert (made["lang"], made["dir"]) == ("de", "ltr")
    assert made["description"] == "Chat und Anrufe für die Menschen um dich herum."


@pytest.mark.parametrize(
    ("within", "key"), [("<noscript>", "app.noScript"), ('<div id="not-arrived" hidden>', "app.notArrived")]
)
def test_a_page_that_cannot_begin_says_so_in_every_language(within: str, key: str) -> None:
    _, _, index = SHELL.assets["/index.html"].body.decode().partition(within)
    told, _, _ = index.partition("\n    ")
    said = dict(re.findall(r'<p lang="(\w+)" dir="ltr">([^<]+)</p>', told))
    assert said == {tag: say(key) for tag, say in LANGUAGES.items()}


def test_the_first_load_of_code_is_under_150_kb() -> None:
    shell = SHELL
    index = shell.assets["/index.html"]
    loaded = re.findall(r'(?:(?:modulepreload|stylesheet)" href|script src)="([^"]+)"', index.body.decode())
    assert {"/app.js", "/arrival.js"} <= set(loaded)
    assert "/strings.js" not in loaded  # the first screen's words are in strings-first.js
    sizes = {path: len(shell.assets[path].gzipped or shell.assets[path].body) for path in ("/index.html", *loaded)}
    assert sum(sizes.values()) < 150_000, sorted(sizes.items(), key=lambda one: -one[1])[:12]


@pytest.mark.gen_test
async def test_text_is_packed_for_who_can_unpack_it(house: House) -> None:
    packed = await house.ask("GET", "/app.js", Accept_Encoding="gzip")
    plain = await house.ask("GET", "/app.js", Accept_Encoding="identity")
    assert gzip.decompress(packed.body) == plain.body == SHELL.assets["/app.js"].body
    assert "Content-Encoding" not in plain.headers
