"""Take in a file: its size, what it is by its first bytes, and its fingerprint."""

import hashlib
import io
import zipfile
from dataclasses import dataclass
from pathlib import PurePath

from django.conf import settings
from django.utils.translation import gettext as _

from wijkaanpak.indicators.problems import FileRefused

UNPACKED_LIMIT = 600_000_000  # bytes; the national yearly Excel file unpacks to about 120 MB
RATIO_LIMIT = 150  # a real workbook packs about 10 to 1
MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Source:
    """A file as it came in. `kind` is "workbook", "json" or "text"."""

    name: str
    content: bytes
    kind: str
    sha256: str


def take_in(content: bytes, *, name: str) -> Source:
    """Return the file with its kind and fingerprint.

    Raises FileRefused when it is empty, too large, packed, or of a kind nobody can read here.
    """
    check_size(len(content))
    return Source(PurePath(name).name, content, kind_of(content), hashlib.sha256(content).hexdigest())


def check_size(size: int) -> None:
    if not size:
        raise FileRefused(_("The file is empty."), advice=_("Download it again."))
    if size > settings.MAX_UPLOAD_MB * MEGABYTE:
        raise FileRefused(
            _("The file is larger than %(limit)s MB.") % {"limit": settings.MAX_UPLOAD_MB},
            advice=_("Select one municipality or fewer columns."),
        )


def kind_of(content: bytes) -> str:
    if content.startswith(b"PK\x03\x04"):
        check_workbook(content)
        return "workbook"
    for start, reason, advice in refusals():
        if content.startswith(start):
            raise FileRefused(reason, advice=advice)
    if b"\x00" in content[:4096]:
        raise FileRefused(_("This is not a text file."), advice=_("Upload CSV, Excel (.xlsx) or JSON."))
    return "json" if content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[") else "text"


def refusals() -> list[tuple[bytes, str, str]]:
    """Return what files start with that are refused, with the reason and what to do instead."""
    return [
        (b"\x1f\x8b", _("The file is packed (gzip)."), _("Unpack it first and upload the file inside.")),
        (b"\xd0\xcf\x11\xe0", _("This is an old Excel file (.xls)."), _("Open it in Excel and save it as .xlsx.")),
        (b"%PDF", _("This is a PDF, not a table."), _("Download the figures as CSV or Excel.")),
        (b"<?xml", _("This is XML, not JSON."), _("Ask the service for JSON, with $format=json.")),
        (b"<", _("This is a web page or XML, not a table."), _("Download the figures as CSV, Excel or JSON.")),
    ]


def check_workbook(content: bytes) -> None:
    """Refuse an archive that unpacks to far more than it seems, before anything is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except zipfile.BadZipFile:
        raise FileRefused(_("The Excel file is damaged."), advice=_("Download it again.")) from None
    unpacked = sum(part.file_size for part in parts)
    if unpacked > UNPACKED_LIMIT or unpacked > RATIO_LIMIT * len(content):
        raise FileRefused(_("The file unpacks to far more than it seems."), advice=_("Save the sheet again as .xlsx."))
    if not any(part.filename.startswith("xl/") for part in parts):
        raise FileRefused(_("This is a packed folder (zip), not an Excel file."), advice=_("Unpack it and upload the file inside."))
