"""The plain port over real sockets: the page, the authority, and the way to the secure one."""

import json
import plistlib
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography import x509
from tornado.httpclient import AsyncHTTPClient, HTTPResponse
from tornado.web import Application

from handlers.trust import PAGE, PICTURES, Entrance, Trusted, host_of, make_trust_app
from handlers.words import LANGUAGES
from trust import Household, OwnCertificate, fingerprint_lines, open_household, present

HOSTS = ["parley.local", "laptop.local", "192.168.1.20", "203.0.113.9", "fd00::20", "laptop", "localhost", "127.0.0.1"]
SHOWN = HOSTS[:5]
MOMENT = 1_800_000_000_000
# In drawings: names of products and files, and what a terminal says, which is in English
SAME_EVERYWHERE = {"parley", "local", "crt", "SHA", "SEID", "Bluetooth", "iCloud", "Secure", "Sockets", "Layer", "SSL"}
SAME_EVERYWHERE |= {"Fingerprint"}


@pytest.fixture(scope="module")
def household(tmp_path_factory: pytest.TempPathFactory) -> Household:
    return open_household(tmp_path_factory.mktemp("certs"), label="laptop", hosts=HOSTS, now=present())


@pytest.fixture
def entrance(household: Household) -> Entrance:
    return Entrance(household, lambda: HOSTS, lambda: SHOWN, plain_port=8080, secure_port=8443, now=lambda: MOMENT)


@pytest.fixture
def app(entrance: Entrance) -> Application:
    """What pytest-tornado serves on a free port of the loopback."""
    application = make_trust_app(entrance)
    application.add_handlers(r".*", [(r"/on-the-secure-port", Trusted, {"hosts": entrance.hosts})])
    return application


class Visit:
    """A client on the plain port that says which host it asked for, and follows nothing."""

    def __init__(self, client: AsyncHTTPClient, base: str) -> None:
        self._client = client
        self._base = base

    async def __call__(
        self, path: str = "/", host: str = "parley.local:8080", method: str = "GET", reads: str = ""
    ) -> HTTPResponse:
        return await self._client.fetch(
            self._base + path,
            method=method,
            headers={"Host": host} | ({"Accept-Language": reads} if reads else {}),
            follow_redirects=False,
            raise_error=False,
            allow_nonstandard_methods=True,
        )


@pytest.fixture
def visit(http_client: AsyncHTTPClient, base_url: str) -> Visit:
    return Visit(http_client, base_url)


def connects(response: HTTPResponse) -> list[str]:
    """The origins a page may ask, from its policy."""
    found = re.search(r"connect-src 'self'([^;]*)", response.headers["Content-Security-Policy"])
    return found[1].split() if found else []


@pytest.mark.gen_test
async def test_the_page_shows_code_addresses_and_fingerprint(visit: Visit, household: Household) -> None:
    page = (await visit()).body.decode()
    assert "http://parley.local:8080" in page
    assert "http://192.168.1.20:8080" in page
    assert "http://[fd00::20]:8080" in page
    assert 'aria-label="QR code for http://parley.local:8080/"' in page
    assert all(line in page for line in fingerprint_lines(household.authority.root))
    assert "127.0.0.1" not in page


@pytest.mark.gen_test
async def test_every_platform_has_steps_that_end_with_comparing(visit: Visit) -> None:
    page = (await visit()).body.decode()
    sections = page.split('<section class="steps" data-platform="')[1:]
    assert [section.split('"')[0] for section in sections] == ["iphone", "android", "windows", "mac", "linux"]
    for section in sections:
        steps = section.split("</ol>")[0].split("<li")[1:]
        assert len(steps) >= 3
        assert all('class="picture' in step for step in steps)
        assert 'class="compare"' in "<li" + steps[-1]
        assert "/parley." in section


@pytest.mark.gen_test
@pytest.mark.parametrize(
    ("path", "reads", "language"),
    [
        ("/", "", "en"),
        ("/", "de-AT,de;q=0.9,en;q=0.8", "de"),
        ("/", "fr,es-MX;q=0.5", "es"),
        ("/", "fr", "en"),
        ("/?lang=es", "de", "es"),
        ("/?lang=xx", "de", "de"),
        ("/?lang=%ff", "de", "de"),
    ],
)
async def test_the_page_is_in_the_readers_language_or_the_one_they_chose(
    visit: Visit, path: str, reads: str, language: str
) -> None:
    page = (await visit(path, reads=reads)).body.decode()
    assert f'<html lang="{language}" dir="ltr">' in page
    assert f'<h1 id="introduce">{LANGUAGES[language]("script.introduce.any")}</h1>' in page
    assert f'hreflang="{language}" aria-current="true"' in page
    assert set(re.findall(r'href="\?lang=(\w+)"', page)) == set(LANGUAGES)


@pytest.mark.gen_test
@pytest.mark.parametrize("language", list(LANGUAGES))
async def test_nothing_of_the_catalogues_own_marks_is_left_in_the_page(visit: Visit, language: str) -> None:
    page = (await visit(f"/?lang={language}")).body.decode()
    shown = re.sub(r'data-words="[^"]*"', "", page)
    assert re.findall(r"[{}*`]|\[\d", shown) == []


@pytest.mark.gen_test
async def test_what_is_refused_is_said_in_the_readers_language(visit: Visit) -> None:
    assert (await visit("/", "evil.example", reads="de")).body.decode().startswith("Hier ist Parley, aber nicht")
    assert (await visit("/?lang=es", method="POST")).body.decode().startswith("Este puerto solo muestra el camino")


@pytest.mark.gen_test
async def test_the_profile_is_described_in_the_language_of_the_page(visit: Visit) -> None:
    page = (await visit(reads="de")).body.decode()
    link = re.search(r'href="(/parley\.mobileconfig[^"]*)"', page)
    assert link is not None
    assert plistlib.loads((await visit(link[1])).body)["PayloadOrganization"] == "Dein Haushalt"


@pytest.mark.gen_test
async def test_the_page_runs_under_a_policy_that_allows_nothing_inline(visit: Visit) -> None:
    response = await visit()
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    page = response.body.decode()
    assert not re.search(r"<script(?![^>]* src=)|<style|\sstyle=|\son\w+=|javascript:", page)
    assert set(re.findall(r'(?:src|href)="(https?://[^"/]+)', page)) <= {"https://parley.local:8443"}
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.gen_test
async def test_every_file_the_page_names_is_served(visit: Visit) -> None:
    page = (await visit()).body.decode()
    named = set(re.findall(r'(?:src|href)="(/trust/[^"]+)"', page))
    scripts = [f"/trust/{path.name}" for path in PAGE.glob("*.js")]
    for path in [*named, *scripts]:
        response = await visit(path)
        assert response.code == 200, path
        assert response.headers["Content-Type"].split(";")[0] in ("text/css", "text/javascript", "image/svg+xml")


@pytest.mark.gen_test
async def test_a_file_the_browser_has_is_not_sent_again(
    visit: Visit, http_client: AsyncHTTPClient, base_url: str
) -> None:
    tag = (await visit("/trust/page.js")).headers["Etag"]
    again = await http_client.fetch(
        f"{base_url}/trust/page.js", headers={"Host": "laptop", "If-None-Match": tag}, raise_error=False
    )
    assert (again.code, again.body) == (304, b"")


@pytest.mark.gen_test
@pytest.mark.parametrize("path", ["/trust/page.html", "/trust/tokens.svg", "/trust/nothing.css"])
async def test_what_the_page_is_made_from_is_not_served(visit: Visit, path: str) -> None:
    response = await visit(path)
    assert response.code in (404, 307)
    assert b"{%" not in response.body


def test_every_drawing_is_used_and_holds_no_script_and_no_word() -> None:
    templates = "".join(path.read_text("utf-8") for path in PAGE.rglob("*.html"))
    for name, drawn in PICTURES.items():
        assert f'picture(say, "{name}")' in templates, name
        written = re.sub(r"\{\w+\}|Parley at laptop", "", " ".join(re.findall(r"<text[^>]*>(.*?)</text>", drawn)))
        assert set(re.findall(r"[^\W\d_]{3,}", written)) <= SAME_EVERYWHERE, name
        assert "<script" not in drawn
        assert "style=" not in drawn


@pytest.mark.gen_test
async def test_the_authority_is_handed_out_for_android_windows_and_firefox(visit: Visit, household: Household) -> None:
    response = await visit("/parley.crt")
    assert response.headers["Content-Type"] == "application/x-x509-ca-cert"
    assert "Content-Disposition" not in response.headers
    assert x509.load_der_x509_certificate(response.body) == household.authority.root


@pytest.mark.gen_test
async def test_the_authority_is_handed_out_for_iphones(visit: Visit) -> None:
    response = await visit("/parley.mobileconfig")
    assert response.headers["Content-Type"] == "application/x-apple-aspen-config"
    assert plistlib.loads(response.body)["PayloadContent"][0]["PayloadType"] == "com.apple.security.root"


@pytest.mark.gen_test
async def test_no_key_can_be_had_here(visit: Visit, household: Household) -> None:
    for path in ["/server.key", "/certs/server.key", "/trust/..%2f..%2fcerts%2fserver.key", "/trust/server.key"]:
        response = await visit(path)
        assert response.code in (307, 404)
        assert b"PRIVATE" not in response.body


@pytest.mark.gen_test
async def test_the_clock_is_the_servers(visit: Visit) -> None:
    assert json.loads((await visit("/trust/clock")).body) == {"now": MOMENT}


@pytest.mark.gen_test
@pytest.mark.parametrize(
    ("host", "path", "leads"),
    [
        ("parley.local:8080", "/api/session?x=1", "https://parley.local:8443/api/session?x=1"),
        ("192.168.1.20", "/ws", "https://192.168.1.20:8443/ws"),
        ("[fd00::20]:8080", "/", None),
        ("[fd00::20]:8080", "/health", "https://[fd00::20]:8443/health"),
        ("LAPTOP.local.:8080", "/a", "https://laptop.local:8443/a"),
        ("localhost:9999", "//evil.example/x", "https://localhost:8443//evil.example/x"),
    ],
)
async def test_every_other_path_leads_to_the_same_one_over_https(
    visit: Visit, host: str, path: str, leads: str | None
) -> None:
    response = await visit(path, host)
    assert (response.code, response.headers.get("Location")) == ((307, leads) if leads else (200, None))


@pytest.mark.gen_test
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
async def test_what_would_change_something_is_refused_in_the_clear(visit: Visit, method: str) -> None:
    response = await visit("/api/session", method=method)
    assert response.code == 405
    assert response.body == b"This port only shows the way in. Use the secure address.\n"


@pytest.mark.gen_test
async def test_what_a_stranger_asks_for_is_not_written_into_the_hosts_terminal(
    visit: Visit, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG", "tornado")
    for path in ("/\x9b31m", "/parley.key", "/"):
        for method in ("GET", "BREW"):
            await visit(path, method=method)
    assert [record.getMessage() for record in caplog.records if record.name.startswith("tornado")] == []


@pytest.mark.gen_test
@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("path", ["/", "/parley.crt", "/anything"])
async def test_asking_for_the_head_works_like_asking(visit: Visit, path: str, method: str) -> None:
    assert (await visit(path, method=method)).code == (307 if path == "/anything" else 200)


@pytest.mark.gen_test
@pytest.mark.parametrize("path", ["/", "/parley.crt", "/trust/clock", "/trust/page.js", "/anything"])
@pytest.mark.parametrize(
    "host", ["evil.example", "parley.local.evil.example", "parley.local@evil.example", "10.0.0.1", "a b", "<b>", "[::"]
)
async def test_a_foreign_host_gets_one_sentence_and_nothing_of_ours(visit: Visit, path: str, host: str) -> None:
    response = await visit(path, host)
    assert response.code in (400, 421)  # tornado itself refuses a header that is none
    assert "Location" not in response.headers
    assert host.encode() not in response.body
    assert b"192.168" not in response.body
    if response.code == 421:
        assert b"Use the address shown where Parley was started." in response.body


@pytest.mark.gen_test
async def test_the_page_asks_names_first_and_only_where_the_certificate_fits(visit: Visit) -> None:
    origins = ["https://parley.local:8443", "https://laptop.local:8443", "https://192.168.1.20:8443"]
    response = await visit(host="192.168.1.20:8080")
    assert connects(response) == origins
    assert f'data-origins="{" ".join(origins)}"' in response.body.decode()
    assert connects(await visit(host="203.0.113.9")) == origins


@pytest.mark.gen_test
async def test_who_sits_at_the_machine_is_led_to_the_machine(visit: Visit) -> None:
    response = await visit(host="localhost:8080")
    assert connects(response) == ["https://localhost:8443"]
    assert 'aria-label="QR code for http://192.168.1.20:8080/"' in response.body.decode()


@pytest.mark.gen_test
@pytest.mark.parametrize("given", ["<script>alert(1)</script>"])
async def test_the_name_of_an_authority_cannot_write_into_the_page(
    visit: Visit, household: Household, monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    monkeypatch.setattr(type(household.authority), "name", property(lambda _: given))
    page = (await visit()).body.decode()
    assert given not in page
    assert "&lt;script&gt;" in page


@pytest.mark.gen_test
async def test_that_the_secure_port_answers_any_page_may_see(visit: Visit) -> None:
    response = await visit("/on-the-secure-port")
    assert (response.code, response.body) == (204, b"")
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "Access-Control-Allow-Origin" not in response.headers
    assert (await visit("/on-the-secure-port", "evil.example")).code == 421


@pytest.mark.parametrize(
    ("header", "host"),
    [("Parley.LOCAL.:8080", "parley.local"), ("[FD00::20]:8080", "fd00::20"), ("", ""), ("[::", "")],
)
def test_a_host_header_is_read_in_one_spelling(header: str, host: str) -> None:
    assert host_of(header) == host


class TestWithACertificateOfOnesOwn:
    """There is nothing to install then, and the page says so."""

    @pytest.fixture
    def entrance(self, household: Household) -> Entrance:
        own = OwnCertificate(household.pair.chain, household.pair.key, present())
        hosts: Sequence[str] = HOSTS
        return Entrance(own, lambda: hosts, lambda: SHOWN, plain_port=8080, secure_port=8443, now=lambda: MOMENT)

    @pytest.mark.gen_test
    async def test_the_page_just_leads_on(self, visit: Visit) -> None:
        page = (await visit()).body.decode()
        assert "There is nothing to install" in page
        assert 'href="https://parley.local:8443/"' in page
        assert "data-platform" not in page
        assert "fingerprint" not in page

    @pytest.mark.gen_test
    @pytest.mark.parametrize("path", ["/parley.crt", "/parley.mobileconfig"])
    async def test_no_authority_is_handed_out(self, visit: Visit, path: str) -> None:
        response = await visit(path)
        assert response.code == 404
        assert b"There is nothing to install" in response.body


def test_addresses_are_asked_anew_for_every_page(entrance: Entrance) -> None:
    hosts = ["parley.local"]
    moving = replace(entrance, hosts=lambda: hosts, shown=lambda: hosts)
    assert not moving.answers_to("192.168.1.20")
    hosts.append("192.168.1.20")
    assert moving.answers_to("192.168.1.20")
    assert Path(PAGE, "page.html").exists()
