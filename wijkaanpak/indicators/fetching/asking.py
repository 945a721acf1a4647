"""What a protocol may do: ask for something now, or ask for a page that is kept."""

import json
import time
from collections.abc import Callable
from urllib.parse import quote, urlencode, urljoin, urlsplit

from wijkaanpak.indicators.choices import FetchProblem
from wijkaanpak.indicators.fetching import http
from wijkaanpak.indicators.fetching.http import FetchFailed
from wijkaanpak.indicators.fetching.keeping import Kept

BEAT = 5.0  # seconds between two signs of life


class Asker:
    """Asks a source on behalf of a job: `alive` renews its lease, and raises when somebody stopped it."""

    def __init__(self, alive: Callable[[int], None], kept: Kept | None = None):
        self.alive, self.kept = alive, kept
        self.pages = 0
        self.last_beat = time.monotonic()

    def beat(self) -> None:
        if time.monotonic() - self.last_beat > BEAT:
            self.alive(self.pages)
            self.last_beat = time.monotonic()

    def raw(self, url: str) -> bytes:
        return http.get(url, beat=self.beat)

    def now(self, url: str) -> dict:
        """Return a JSON object as it is at this moment."""
        return parsed(url, self.raw(url))

    def page(self, url: str, *, part: str = "value", hopeless: str = "") -> dict:
        """Return an answer whose `part` is a list of objects, from disk when this release was asked for it before.

        Only an answer that can be read is kept. Raises FetchFailed.
        """
        content = self.kept.find(url) if self.kept else None
        is_new = content is None
        if content is None:
            content = http.get(url, beat=self.beat, hopeless=hopeless)
        found = parsed(url, content)
        rows(url, found, part=part)
        if is_new and self.kept:
            self.kept.keep(url, content)
        self.pages += 1
        self.alive(self.pages)
        return found


def parsed(url: str, content: bytes) -> dict:
    try:
        found = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise FetchFailed(FetchProblem.UNREADABLE, f"{http.host(url)}: {content[:80]!r}")
    return found


def address(base: str, **parameters: str) -> str:
    """Return an address with its query; the names of OData parameters begin with a dollar sign, written here as `odata_`."""
    named = {name.replace("odata_", "$"): value for name, value in parameters.items()}
    query = urlencode(named, safe="$,()':/", quote_via=quote)
    return f"{base}?{query}" if query else base


def rows(url: str, answer: dict, *, part: str = "value") -> list[dict]:
    found = answer.get(part)
    if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
        raise FetchFailed(FetchProblem.UNREADABLE, f"{http.host(url)}: no list `{part}`")
    return found


def following(url: str, link: str) -> str:
    """Return the address of the next page: the link as given, except that it stays on the host and scheme we chose."""
    here, there = urlsplit(url), urlsplit(urljoin(url, link))
    if there.hostname != here.hostname:
        raise FetchFailed(FetchProblem.UNREADABLE, f"{here.netloc} → {there.netloc}")
    return there._replace(scheme=here.scheme, netloc=here.netloc).geturl()
