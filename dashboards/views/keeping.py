"""Pages that are drawn once and kept in Redis, under a mark that differs when they may. Without Redis they are drawn anew."""

import hashlib
import os
from contextlib import suppress
from pathlib import Path

from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import get_language
from redis.exceptions import RedisError

KEPT_SECONDS = 3600
# the pages of another release may look otherwise; the workers of one server share both
RELEASE = (os.getppid(), Path(__file__).stat().st_mtime_ns)


def mark(*parts):
    """Return a short text that differs with the parts, the day, the language and the release."""
    return hashlib.sha256(repr((RELEASE, timezone.localdate(), get_language(), *parts)).encode()).hexdigest()[:32]


def kept(key, make):
    """Return what was made earlier under the key, or make it now."""
    with suppress(RedisError):
        if (found := cache.get(key)) is not None:
            return found
    made = make()
    with suppress(RedisError):
        cache.set(key, made, KEPT_SECONDS)
    return made
