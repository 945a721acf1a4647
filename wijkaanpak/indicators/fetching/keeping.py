"""Raw answers kept on disk, so that a job whose worker was killed goes on where it was.

Each is a file of its own, named after the address asked and the fingerprint of what came back.
"""

import hashlib
import shutil
import tempfile
from pathlib import Path

from django.conf import settings
from django.utils import timezone

DAY, MEGABYTE = 86_400, 1_000_000


def top() -> Path:
    return Path(settings.MEDIA_ROOT) / "fetched"


def fingerprint(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


class Kept:
    """The answers of one release."""

    def __init__(self, name: object):
        self.folder = top() / str(name)

    def find(self, url: str) -> bytes | None:
        """Return what was answered before; None when nothing was, or the file is not what was written."""
        for path in self.folder.glob(f"{address(url)}-*"):
            content = path.read_bytes()
            if path.name.endswith(f"-{fingerprint(content)}"):
                return content
            path.unlink()
        return None

    def keep(self, url: str, content: bytes) -> None:
        """Write an answer; a worker that dies half-way leaves no half answer."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=self.folder, prefix="half-", delete=False) as half:
            half.write(content)
        Path(half.name).replace(self.folder / f"{address(url)}-{fingerprint(content)}")

    def drop(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


def address(url: str) -> str:
    return fingerprint(url.encode())[:32]


def tidy() -> None:
    """Remove what is older than the days we keep answers, then the oldest until the rest fits."""
    files = sorted((path for path in top().glob("*/*") if path.is_file()), key=lambda path: -path.stat().st_mtime)
    oldest, room = timezone.now().timestamp() - settings.FETCH_KEEP_DAYS * DAY, settings.FETCH_KEEP_MB * MEGABYTE
    for path in files:
        room -= path.stat().st_size
        if room < 0 or path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)
    for folder in top().glob("*"):
        if not any(folder.iterdir()):
            folder.rmdir()
