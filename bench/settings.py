"""The product's own settings, with a hello-world page beside it and a count of queries in every answer."""

from wijkaanpak.settings import *  # noqa: F403 the point is that nothing else differs
from wijkaanpak.settings import MIDDLEWARE

ROOT_URLCONF = "bench.urls"
MIDDLEWARE = ["bench.measuring.count_queries", *MIDDLEWARE]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
