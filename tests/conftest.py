"""What every test may rely on."""

import os
import shutil

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connections
from django.test import Client
from playwright.sync_api import sync_playwright

from tests.watching import accessibility_faults, watch

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE, DESK = 390, 1280


def pytest_configure():
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # slow hashing proves nothing here
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)


def pytest_collection_modifyitems(items):
    for item in items:
        if "browser" in item.fixturenames:
            item.add_marker("browser")
        if is_transactional(item):  # it empties all tables afterwards; what migrations wrote must come back before the next
            item.fixturenames.append("django_db_serialized_rollback")


def is_transactional(item):
    marker = item.get_closest_marker("django_db")
    return {"transactional_db", "live_server"} & set(item.fixturenames) or (marker and marker.kwargs.get("transaction"))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup):
    """Playwright's event loop gives this thread a connection object of its own; each must know what migrations wrote."""
    made = connections["default"]
    if hasattr(made, "_test_serialized_contents"):
        type(made)._test_serialized_contents = made._test_serialized_contents


@pytest.fixture(autouse=True)
def _empty_cache():
    """Rate limits and cached pages of one test must not reach the next."""
    yield
    cache.clear()


@pytest.fixture(scope="session")
def chromium():
    """The running Chromium, or None on a machine without one."""
    names = ("chromium", "chromium-browser", "google-chrome")
    executable = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if not executable:
        yield None
        return
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright keeps an event loop in this thread
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def browser(chromium, request):
    if chromium is None and os.environ.get("WIJKAANPAK_REQUIRE_CHROMIUM"):
        pytest.fail("Chromium is required but was not found")
    if chromium is None:
        pytest.skip(f"no Chromium for {request.node.name}")
    return chromium


@pytest.fixture
def open_page(browser, live_server):
    """Open pages in a browser without history: `open_page(width=390, javascript=False)`.

    Afterwards the test fails when a page logged an error, broke the content policy, missed a file or
    asked another server for something.
    """
    opened, faults = [], []

    def open_page(width=DESK, *, javascript=True, **context):
        viewport = {"width": width, "height": 900}
        opened.append(browser.new_context(base_url=live_server.url, viewport=viewport, java_script_enabled=javascript, locale="nl-NL", **context))
        page = opened[-1].new_page()
        page.set_default_timeout(10_000)
        watch(page, origin=live_server.url, faults=faults)
        return page

    yield open_page
    for context in opened:
        context.close()
    assert not faults, "\n".join(faults)


@pytest.fixture
def page(open_page):
    return open_page()


@pytest.fixture
def phone(open_page):
    return open_page(PHONE, has_touch=True)


@pytest.fixture
def sign_in(live_server):
    """Give a page the session of a user: `sign_in(page, user)`."""

    def sign_in(page, user):
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
        return page

    return sign_in


@pytest.fixture
def assert_accessible():
    """Check the open page against WCAG 2.2 AA, on a phone and on a desk: `assert_accessible(page)`."""

    def assert_accessible(page):
        size = page.viewport_size
        faults = []
        for width in (PHONE, DESK):
            page.set_viewport_size({"width": width, "height": size["height"]})
            faults += [f"{width} px: {fault}" for fault in accessibility_faults(page)]
        page.set_viewport_size(size)
        assert not faults, f"{page.url}\n" + "\n".join(faults)

    return assert_accessible
