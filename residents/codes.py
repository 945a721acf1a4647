"""The code with which a sender follows an input. It is never stored: it is made again from the key of the form.

Only a keyed fingerprint of the code is kept, so the table alone opens nothing. Older secrets (SECRET_KEY_FALLBACKS) still open the codes they made.
"""

import hashlib
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

ALPHABET = "ACDEFHJKLMNPRTUVWXY3479"  # no 0 O, 1 I, 2 Z, 5 S, 6 G, 8 B, Q: they look alike on paper
LENGTH, GROUP = 12, 4
RECEIPT_SALT = "residents.receipt"


def secrets() -> list[str]:
    return [settings.SECRET_KEY, *map(str, settings.SECRET_KEY_FALLBACKS)]


def code_for(form_key: UUID, secret: str | None = None) -> str:
    """Return the code of a form, in three groups of four."""
    digest = salted_hmac("residents.code", form_key.bytes, secret=secret, algorithm="sha256").digest()
    number, symbols = int.from_bytes(digest, "big"), ""
    for _position in range(LENGTH):
        number, rest = divmod(number, len(ALPHABET))
        symbols += ALPHABET[rest]
    return "-".join(symbols[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def fingerprint(code: str, secret: str | None = None) -> str:
    return salted_hmac("residents.code-fingerprint", normalised(code), secret=secret, algorithm="sha256").hexdigest()


def fingerprints(typed: str) -> list[str]:
    """Return what the code somebody typed may be stored as; empty when it cannot be a code."""
    return [fingerprint(typed, secret) for secret in secrets()] if len(normalised(typed)) == LENGTH else []


def normalised(typed: str) -> str:
    """Return a code without spaces, dashes and lower case."""
    return "".join(symbol for symbol in typed.upper() if symbol.isalnum())


def code_of(resident_input) -> str:
    """Return the code of a stored input, whichever secret it was made with; empty when that secret is gone."""
    made = ((code_for(resident_input.form_key, secret), secret) for secret in secrets())
    return next((code for code, secret in made if constant_time_compare(fingerprint(code, secret), resident_input.code_hash)), "")


def verification_token(form_key: UUID, email: str) -> str:
    """Return the secret in the link that proves a mail address."""
    return salted_hmac("residents.verification", f"{form_key}:{email}", algorithm="sha256").hexdigest()[:32]


def verification_fingerprint(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def receipt(form_key: UUID) -> str:
    """Return what stands in the address of the page that thanks: it shows the code again without storing it."""
    return signing.dumps(form_key.hex, salt=RECEIPT_SALT)


def code_on_receipt(value: str, *, max_age: int) -> str:
    """Return the code a receipt stands for; empty when it is forged or too old."""
    try:
        return code_for(UUID(signing.loads(value, salt=RECEIPT_SALT, max_age=max_age)))
    except signing.BadSignature:
        return ""
