"""The shell: the phone app's own files, walked, hashed and served.

Nobody keeps a list of files by hand: the asset list and version go into sw.js, the first screen's modules into
index.html, and the import map's hash into the content security policy. One change to any file is a new version.
"""

import base64
import gzip
import hashlib
import json
import mimetypes
import re
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urljoin

from handlers.base import Base
from handlers.codes import DeviceCodes
from handlers.door import Door
from handlers.health import answer_health
from handlers.words import LANGUAGES, Words, meant
from protocol.errors import Refusal
from store import Store

PWA = Path(__file__).resolve().parent.parent / "pwa"
IMPORT_MAP = re.compile(r'<script type="importmap">(.*?)</script>', re.DOTALL)
IMPORTED = re.compile(
    r"""^\s*(?:import|export)\b[^'"();]*?\bfrom\s*["']([^"']+)["']|^\s*import\s*["']([^"']+)["']""", re.M
)
FIRST_ASKED = ("", "index.html", "sw.js")  # where a new version is met; looking at every file costs milliseconds
PRELOAD_MARK = "<!-- modulepreload -->"
IN_EVERY_LANGUAGE: dict[str, Callable[[Words], str]] = {
    "<!-- no script -->": lambda say: say("app.noScript"),
    "<!-- not arrived -->": lambda say: say("app.notArrived"),
}
"""What stands where in index.html, which is one for all."""
LEFT_OUT = (".md", ".txt", ".map", ".d.ts")
TYPES = {".mjs": "text/javascript", ".js": "text/javascript", ".webmanifest": "application/manifest+json"}

POLICY = (
    "default-src 'none'",
    "script-src 'self' 'sha256-{import_map}'",
    "connect-src 'self'",
    "img-src 'self' blob: data:",
    "media-src 'self' blob:",
    "style-src 'self'",
    "font-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types parley",
)


@dataclass(frozen=True)
class Asset:
    """A file as it is served. `tag` is an ETag; `gzipped` is empty where packing gains nothing."""

    body: bytes
    kind: str
    tag: str
    gzipped: bytes = b""


class Shell:
    """All files of a folder, read once and again whenever one of them has changed."""

    def __init__(self, folder: Path = PWA) -> None:
        self._folder = folder
        self._seen: dict[str, tuple[int, int]] = {}
        self.assets: dict[str, Asset] = {}
        self.version = ""
        self.policy = ""
        self.refresh()

    def refresh(self) -> None:
        """Look at the folder; about a millisecond when nothing has changed."""
        stats = {path: (self._folder / path).stat() for path in self._paths()}
        seen = {path: (stat.st_mtime_ns, stat.st_size) for path, stat in stats.items()}
        if seen != self._seen:
            self._read(sorted(seen))
            self._seen = seen

    def _paths(self) -> list[str]:
        found = (path for path in self._folder.rglob("*") if path.is_file() and not path.name.endswith(LEFT_OUT))
        return [path.relative_to(self._folder).as_posix() for path in found]

    def _read(self, paths: list[str]) -> None:
        bodies = {path: (self._folder / path).read_bytes() for path in paths}
        total = hashlib.sha256()
        for path, body in bodies.items():
            total.update(path.encode() + b"\0" + hashlib.sha256(body).digest())
        self.version = total.hexdigest()[:16]
        self._dress(bodies)
        self.assets = {f"/{path}": _asset(path, body) for path, body in bodies.items()}

    def _dress(self, bodies: dict[str, bytes]) -> None:
        """Put what the server knows into index.html and sw.js."""
        index = bodies.get("index.html", b"").decode()
        found = IMPORT_MAP.search(index)
        names = json.loads(found[1])["imports"] if found else {}
        links = [f'<link rel="modulepreload" href="{path}">' for path in first_modules("/app.js", bodies, names)]
        index = index.replace(PRELOAD_MARK, "\n".join(links))
        for mark, words in IN_EVERY_LANGUAGE.items():
            told = [f'<p lang="{say.language}" dir="{say.direction}">{words(say)}</p>' for say in LANGUAGES.values()]
            index = index.replace(mark, "\n".join(told))
        bodies["index.html"] = index.encode()
        hashed = hashlib.sha256((found[1] if found else "").encode()).digest()
        self.policy = "; ".join(POLICY).format(import_map=base64.b64encode(hashed).decode())
        if "sw.js" in bodies:
            listed = ["/", *(f"/{path}" for path in bodies if path not in ("index.html", "sw.js"))]
            known = json.dumps({"version": self.version, "assets": listed})
            bodies["sw.js"] = f"self.PARLEY = {known};\n".encode() + bodies["sw.js"]


def first_modules(entry: str, bodies: dict[str, bytes], names: dict[str, str]) -> list[str]:
    """Every module the entry imports statically, itself included, in the order they are met."""
    met: list[str] = []
    waiting = [entry]
    while waiting:
        path = waiting.pop(0)
        body = bodies.get(path.lstrip("/"))
        if path in met or body is None:
            continue
        met.append(path)
        for match in IMPORTED.finditer(body.decode()):
            named = match[1] or match[2]
            waiting.append(urljoin(path, names.get(named, named)))
    return met


def _asset(path: str, body: bytes) -> Asset:
    kind = TYPES.get(Path(path).suffix) or mimetypes.guess_type(path)[0] or "application/octet-stream"
    if kind.startswith("text/") or kind.endswith("json"):
        kind += "; charset=utf-8"
    packed = gzip.compress(body, mtime=0) if kind.endswith("utf-8") or "svg" in kind else b""
    tag = f'W/"{hashlib.sha256(body).hexdigest()[:20]}"'
    return Asset(body, kind, tag, packed if len(packed) < len(body) else b"")


class Page(Base):
    """Every file of the app, and `/` for whatever a browser is led to."""

    is_of_now = False

    def initialize(self, store: Store, door: Door, shell: Shell) -> None:  # type: ignore[override]
        """Given by the route table."""
        super().initialize(store, door)
        self._shell = shell

    async def get(self, path: str) -> None:
        """The file; at `/` the health document for a program that prefers JSON."""
        accepts = self.request.headers.get("Accept", "")
        if path == "" and "application/json" in accepts and "text/html" not in accepts:
            await answer_health(self)
            return
        if path in FIRST_ASKED:
            self._shell.refresh()
        asset = self._shell.assets.get(f"/{path}" if path else "/index.html")
        if asset is None and "text/html" in accepts and "." not in path.rpartition("/")[2]:
            asset = self._shell.assets.get("/index.html")
        if asset is None:
            raise Refusal("not-found", "There is no such page here.")
        self._serve(asset)

    head = get

    def _serve(self, asset: Asset) -> None:
        self.set_header("Content-Type", asset.kind)
        self.set_header("Cache-Control", "no-cache")
        self.set_header("ETag", asset.tag)
        self.set_header("Vary", "Accept-Encoding")
        self.set_header("Content-Security-Policy", self._shell.policy)
        self.set_header(
            "Permissions-Policy", "camera=(self), microphone=(self), display-capture=(self), geolocation=()"
        )
        self.set_header("Cross-Origin-Opener-Policy", "same-origin")
        if self.check_etag_header():
            self.set_status(HTTPStatus.NOT_MODIFIED)
            self.finish()
        elif asset.gzipped and "gzip" in self.request.headers.get("Accept-Encoding", ""):
            self.set_header("Content-Encoding", "gzip")
            self.finish(asset.gzipped)
        else:
            self.finish(asset.body)

    def compute_etag(self) -> None:
        """Set above."""
        return


SHARE_TARGET = {
    "action": "/share",
    "method": "POST",
    "enctype": "multipart/form-data",
    "params": {
        "title": "title",
        "text": "text",
        "url": "url",
        "files": [{"name": "files", "accept": ["*/*", "image/*", "video/*", "audio/*", "application/*", "text/*"]}],
    },
}
"""What other apps may hand over; pwa/sw.js takes it, the server never sees it (W3C Web Share Target)."""


class Manifest(Base):
    """`/manifest.webmanifest`: for a signed-in browser its start address signs the installed app in, once."""

    def initialize(self, store: Store, door: Door, codes: DeviceCodes) -> None:  # type: ignore[override]
        """Given by the route table."""
        super().initialize(store, door)
        self._codes = codes

    def get(self) -> None:
        """What a phone's home screen needs."""
        start = f"/?code={self._codes.make(self.who)}" if self.who else "/"
        say = meant("", self.request.headers.get("Accept-Language", ""))
        self.set_header("Content-Type", "application/manifest+json")
        self.finish(
            json.dumps(
                {
                    "id": "/",
                    "name": "Parley",
                    "short_name": "Parley",
                    "description": say("app.description"),
                    "lang": say.language,
                    "dir": say.direction,
                    "start_url": start,
                    "scope": "/",
                    "display": "standalone",
                    "share_target": SHARE_TARGET,
                    "background_color": "#f4f7f6",
                    "theme_color": "#0f766e",
                    "icons": [
                        {"src": "/icons/icon-192.png", "sizes": "192x192", "type": "image/png"},
                        {"src": "/icons/icon-512.png", "sizes": "512x512", "type": "image/png"},
                        {
                            "src": "/icons/maskable-512.png",
                            "sizes": "512x512",
                            "type": "image/png",
                            "purpose": "maskable",
                        },
                    ],
                }
            )
        )
