"""What the public pages know of a visitor: a network address, for counting only."""

from django.conf import settings
from django.urls import reverse


def address(request):
    """Return where a request comes from; behind our proxy that is the last address it noted."""
    forwarded = request.headers.get("X-Forwarded-For", "").split(",")[-1].strip() if settings.SECURE_PROXY_SSL_HEADER else ""
    return forwarded or request.META.get("REMOTE_ADDR", "")


def where_to_fill_in(request):
    """Return the whole address of the page that asks for a code: it is read out and taken along on paper."""
    return request.build_absolute_uri(reverse("residents:follow_enter"))


def keep_private(response):
    """Keep a page that shows a code out of search engines, shared caches and other sites.

    "same-origin" gives other sites no address at all; "no-referrer" would make browsers send the forms of the page
    with the origin "null", which the protection against forged requests refuses.
    """
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response
