"""How often one visitor does something. Addresses are never stored: the cache knows a salted fingerprint for an hour or so."""

import hashlib

from django.core.cache import cache
from django.utils import timezone
from django.utils.crypto import salted_hmac
from redis.exceptions import RedisError

HOUR = 3600


def fingerprint(address: str) -> str:
    """Return a name for a visitor that is another one tomorrow and cannot be turned back."""
    return salted_hmac("residents.visitor", f"{timezone.localdate()}:{address}", algorithm="sha256").hexdigest()[:32]


def count(purpose: str, address: str, *, seconds: int = HOUR) -> int:
    """Count one more and return how many there were in this window; 0 when the cache is away."""
    return _add(f"residents:{purpose}:{fingerprint(address)}", seconds)


def counted(purpose: str, address: str) -> int:
    """Return how many were counted, without counting."""
    try:
        return cache.get(f"residents:{purpose}:{fingerprint(address)}", 0)
    except RedisError:
        return 0


def count_text(text: str, *, seconds: int = 24 * HOUR) -> int:
    """Count how often a text came in; only its fingerprint is kept."""
    digest = hashlib.sha256(" ".join(text.lower().split()).encode()).hexdigest()[:32]
    return _add(f"residents:text:{digest}", seconds)


def _add(key: str, seconds: int) -> int:
    try:
        return 1 if cache.add(key, 1, timeout=seconds) else cache.incr(key)
    except (RedisError, ValueError):  # away, or emptied between the two
        return 0
