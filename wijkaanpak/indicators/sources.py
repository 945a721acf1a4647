"""Take in a file: its size, what it is by its first bytes, and its fingerprint."""

import hashlib
import io
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import PurePath

from django.conf import settings
from django.utils.translation import gettext as _

from wijkaanpak.indicators.problems import FileRefused

UNPACKED_LIMIT = 600_000_000  # bytes; the national yearly Excel file unpacks to about 120 MB
TEXTS_LIMIT = 60_000_000  # of which texts, that are kept in memory
RATIO_LIMIT = 150  # a real workbook packs about 10 to 1
MEGABYTE = 1_000_000
GZIP, SQLITE = b"\x1f\x8b", b"SQLite format 3\x00"


@dataclass(frozen=True)
class Source:
    """A file as it came in, unpacked. `kind` is "workbook", "geopackage", "json", "xml" or "text"."""

    name: str
    content: bytes
    kind: str
    sha256: str


def take_in(content: bytes, *, name: str) -> Source:
    """Return the file with its kind and fingerprint; one packed with gzip, as copies of CBS files are, is unpacked.

    Raises FileRefused when it is empty, too large, broken off, or of a kind nobody can read here.
    """
    check_size(len(content))
    name = PurePath(name).name
    if content.startswith(GZIP):
        content, name = unpacked(content), name.removesuffix(".gz")
        check_size(len(content))
    return Source(name, content, kind_of(content), hashlib.sha256(content).hexdigest())


def unpacked(content: bytes) -> bytes:
    """Return what a gzip file holds, never more than the limit for a file."""
    limit = settings.MAX_UPLOAD_MB * MEGABYTE
    unpacker = zlib.decompressobj(wbits=31)
    try:
        found = unpacker.decompress(content, limit + 1)
    except zlib.error:
        raise FileRefused(_("The packed file (gzip) is damaged."), advice=_("Download it again.")) from None
    if len(found) > limit:
        raise FileRefused(_("The file unpacks to more than %(limit)s MB.") % {"limit": settings.MAX_UPLOAD_MB}, advice=fewer())
    if not unpacker.eof:
        raise FileRefused(_("The packed file (gzip) breaks off."), advice=_("Download it again."))
    return found


def check_size(size: int) -> None:
    if not size:
        raise FileRefused(_("The file is empty."), advice=_("Download it again."))
    if size > settings.MAX_UPLOAD_MB * MEGABYTE:
        raise FileRefused(
            _("The file is larger than %(limit)s MB.") % {"limit": settings.MAX_UPLOAD_MB},
            advice=fewer(),
        )


def fewer() -> str:
    return _("Select one municipality or fewer columns.")


def kind_of(content: bytes) -> str:
    if content.startswith(b"PK\x03\x04"):
        check_workbook(content)
        return "workbook"
    if content.startswith(SQLITE):
        return "geopackage"
    for start, reason, advice in refusals():
        if content.startswith(start):
            raise FileRefused(reason, advice=advice)
    if (place := content.find(b"\x00")) >= 0:
        line = content.count(b"\n", 0, place) + 1
        raise FileRefused(_("This is not a text file: it has a NUL byte."), advice=_("Upload CSV, Excel (.xlsx) or JSON."), line=line)
    start = content.removeprefix(b"\xef\xbb\xbf").lstrip()[:100]
    if start.startswith(b"<?xml") and b"<html" not in content[:1000].lower():
        return "xml"
    if start.startswith(b"<"):
        raise FileRefused(_("This is a web page or XML, not a table."), advice=_("Download the figures as CSV, Excel or JSON."))
    return "json" if start[:1] in (b"{", b"[") else "text"


def refusals() -> list[tuple[bytes, str, str]]:
    """Return what files start with that are refused, with the reason and what to do instead."""
    return [
        (b"\xff\xfe", _("The text is UTF-16, not UTF-8."), _("Save it again as “CSV UTF-8”, or download the original.")),
        (b"\xfe\xff", _("The text is UTF-16, not UTF-8."), _("Save it again as “CSV UTF-8”, or download the original.")),
        (b"\xd0\xcf\x11\xe0", _("This is an old Excel file (.xls)."), _("Open it in Excel and save it as .xlsx.")),
        (b"%PDF", _("This is a PDF, not a table."), _("Download the figures as CSV or Excel.")),
    ]


def check_workbook(content: bytes) -> None:
    """Refuse an archive that unpacks to far more than it seems, before anything is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except zipfile.BadZipFile:
        raise FileRefused(_("The Excel file is damaged."), advice=_("Download it again.")) from None
    size = sum(part.file_size for part in parts)
    texts = sum(part.file_size for part in parts if part.filename.endswith("sharedStrings.xml"))
    if size > UNPACKED_LIMIT or texts > TEXTS_LIMIT or size > RATIO_LIMIT * len(content):
        raise FileRefused(_("The file unpacks to far more than it seems."), advice=_("Save the sheet again as .xlsx."))
    if not any(part.filename.startswith("xl/") for part in parts):
        raise FileRefused(_("This is a packed folder (zip), not an Excel file."), advice=_("Unpack it and upload the file inside."))
