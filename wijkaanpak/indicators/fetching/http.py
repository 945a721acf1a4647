"""Ask another server for something: with patience, limits and manners. Nothing here knows what is asked."""

import http.client
import random
import time
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPHandler, HTTPRedirectHandler, HTTPSHandler, OpenerDirector, Request, build_opener

from django.conf import settings
from django.utils import timezone

from wijkaanpak.indicators.choices import FetchProblem

AGAIN = {429, 500, 502, 503, 504}  # faults of the moment; every other status stays the same however often we ask
LONGEST_PAUSE = 120.0  # seconds; a server that wants more gets it: the next night asks again
SCHEMES = ("http", "https")
CHUNK = 1 << 16
MEGABYTE = 1_000_000


class FetchFailed(Exception):
    """A source did not give what was asked; `detail` is for whoever mends it, the page words the problem."""

    def __init__(self, problem: FetchProblem, detail: str, *, text: str = ""):
        self.problem, self.detail, self.text = problem, detail[:300], text
        super().__init__(f"{problem}: {self.detail}")


class TryAgain(Exception):
    """This attempt failed and a next one may not; `pause` is what the server asked for, in seconds."""

    def __init__(self, failure: FetchFailed, pause: float | None = None):
        self.failure, self.pause = failure, pause
        super().__init__(str(failure))


def get(url: str, *, beat: Callable[[], None], hopeless: str = "") -> bytes:
    """Return the body of an answer; `beat` is called while waiting and reading, and may raise to stop.

    An error whose text holds `hopeless` is not tried again. Raises FetchFailed.
    """
    for attempt in range(1, settings.FETCH_ATTEMPTS + 1):
        try:
            return once(url, beat=beat, hopeless=hopeless)
        except TryAgain as again:
            pause = again.pause if again.pause is not None else backoff(attempt)
            if attempt == settings.FETCH_ATTEMPTS or pause > LONGEST_PAUSE:
                raise again.failure from None
            wait(pause, beat)
    raise AssertionError("FETCH_ATTEMPTS is below one")


def backoff(attempt: int) -> float:
    """Return how many seconds to wait after an attempt: twice as long each time, at random from half of it."""
    return settings.FETCH_PAUSE_SECONDS * 2 ** (attempt - 1) * (0.5 + random.random() / 2)  # noqa: S311 spreads askers, guards nothing


def wait(seconds: float, beat: Callable[[], None]) -> None:
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        time.sleep(min(left, 2))
        beat()


def once(url: str, *, beat: Callable[[], None], hopeless: str) -> bytes:
    if urlsplit(url).scheme not in SCHEMES:
        raise FetchFailed(FetchProblem.REFUSED, url)
    deadline = time.monotonic() + settings.FETCH_WHOLE_SECONDS
    headers = {"User-Agent": f"Wijkaanpak/{settings.VERSION}", "Accept": "application/json, */*;q=0.1"}
    request = Request(url, headers=headers)  # noqa: S310 the scheme was looked at
    try:
        with opener().open(request) as response:
            return body(response, deadline=deadline, beat=beat)
    except HTTPError as error:
        with error:
            raise judged(error, hopeless) from None
    except (URLError, OSError, http.client.HTTPException) as error:
        raise TryAgain(FetchFailed(FetchProblem.UNREACHABLE, f"{host(url)}: {error!r}")) from None


def body(response, *, deadline: float, beat: Callable[[], None]) -> bytes:
    """Read an answer piece by piece; one that breaks off, drips for too long or does not end is given up."""
    found, limit = bytearray(), settings.MAX_UPLOAD_MB * MEGABYTE
    while piece := response.read1(CHUNK):
        found += piece
        if len(found) > limit:
            raise FetchFailed(FetchProblem.TOO_LARGE, f"{host(response.url)}: > {settings.MAX_UPLOAD_MB} MB")
        if time.monotonic() > deadline:
            raise TimeoutError("the whole answer took too long")
        beat()
    announced = response.headers.get("Content-Length")
    if announced and announced.isdigit() and len(found) < int(announced):
        raise http.client.IncompleteRead(b"", int(announced) - len(found))
    return bytes(found)


def judged(error: HTTPError, hopeless: str) -> Exception:
    """Return what an error status means: not there, refused, or worth another attempt."""
    text = error.read(2000).decode("utf-8", errors="replace")
    detail = f"{host(error.url)}: HTTP {error.code}"
    if error.code in AGAIN and not (hopeless and hopeless in text):
        return TryAgain(FetchFailed(FetchProblem.BUSY, detail), asked_pause(error.headers.get("Retry-After", "")))
    problem = FetchProblem.GONE if error.code in (404, 410) else FetchProblem.REFUSED
    return FetchFailed(problem, detail, text=text)


def asked_pause(text: str) -> float | None:
    """Return the seconds in Retry-After, which is a number or a moment; None when it says neither."""
    if text.strip().isdigit():
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return max(0.0, (moment - timezone.now()).total_seconds()) if moment.tzinfo else None


def host(url: str) -> str:
    return urlsplit(url).netloc


class Connection(http.client.HTTPConnection):
    """One limit for reaching the server, another for every silence after that."""

    def connect(self):
        self.timeout = settings.FETCH_CONNECT_SECONDS
        super().connect()
        self.sock.settimeout(settings.FETCH_READ_SECONDS)


class SecureConnection(Connection, http.client.HTTPSConnection):
    """The same with TLS; shaking hands still belongs to reaching the server."""


class Plain(HTTPHandler):
    def http_open(self, request):
        return self.do_open(Connection, request)


class Secure(HTTPSHandler):
    def https_open(self, request):
        return self.do_open(SecureConnection, request)


class SameHost(HTTPRedirectHandler):
    """A source may move an address, not send us to somebody else."""

    def redirect_request(self, req, fp, code, msg, headers, newurl):
        here, there = urlsplit(req.full_url), urlsplit(newurl)
        if there.scheme not in SCHEMES or there.hostname != here.hostname:
            raise FetchFailed(FetchProblem.REFUSED, f"{here.netloc} → {there.scheme}://{there.netloc}")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def opener() -> OpenerDirector:
    """Return what opens addresses, through the proxy of the environment if there is one."""
    return build_opener(Plain, Secure, SameHost)
