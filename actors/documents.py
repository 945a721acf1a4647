"""Documents of agreements: recognised by what is in them, kept under a name nobody can guess, opened by who may."""

import zipfile
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from actors.models import Agreement, AgreementDocument
from wijkaanpak.accounts.models import User
from wijkaanpak.journal import events

LARGEST_MB = 20
MEDIA_TYPES = {"pdf": "application/pdf", "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}


def form_of(file: UploadedFile) -> str:
    """Return "pdf" or "docx"; the name of a file says nothing. Raises ValidationError (codes "too_large", "not_known")."""
    if (file.size or 0) > LARGEST_MB * 1024 * 1024:
        raise ValidationError(_("This file is larger than %(megabytes)s MB. Make it smaller, or give an address instead."), code="too_large", params={"megabytes": LARGEST_MB})
    found = "pdf" if file.read(5) == b"%PDF-" else "docx" if _is_word(file) else ""
    file.seek(0)
    if not found:
        raise ValidationError(_("This is no PDF and no Word file (.docx) without macros. Save it as one of these and choose it again."), code="not_known")
    return found


def _is_word(file: UploadedFile) -> bool:
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as packed:
            names = set(packed.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        return False
    return "word/document.xml" in names and not any(name.endswith("vbaProject.bin") for name in names)


@transaction.atomic
def add(agreement: Agreement, *, name: str, by: User, link: str = "", file: UploadedFile | None = None) -> AgreementDocument:
    """Keep a document: an address or a file, not both. Raises ValidationError (code "one" and those of `form_of`)."""
    if bool(link) == bool(file):
        raise ValidationError(_("Choose a file, or fill in an address; one of the two."), code="one")
    kept: dict[str, Any] = {"file": file, "form": form_of(file)} if file else {"link": link}
    made = AgreementDocument.objects.create(agreement=agreement, name=name, added_by=by, **kept)
    events.record("agreement.document_added", about=agreement, by=by, programme=agreement.programme_id, new={"document": name})
    return made


@transaction.atomic
def remove(document: AgreementDocument, *, by: User) -> None:
    """Throw a document away; its file goes when that is certain. A second press changes nothing."""
    locked = AgreementDocument.objects.select_for_update(of=("self",)).select_related("agreement").filter(pk=document.pk).first()
    if locked is None:
        return
    agreement, storage, kept_as = locked.agreement, locked.file.storage, locked.file.name
    locked.delete()
    events.record("agreement.document_removed", about=agreement, by=by, programme=agreement.programme_id, old={"document": document.name})
    if kept_as:
        transaction.on_commit(lambda: storage.delete(kept_as))
