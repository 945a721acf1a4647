"""The test harness itself: silent faults become failures."""

import socket

import pytest
from django.db import connection
from django.template import Context, Template

from tests import watching


def test_tests_run_on_postgresql_18(db):
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        version = int(cursor.fetchone()[0])

    assert version >= 170000


def test_other_machines_cannot_be_reached():
    with socket.socket() as stranger, pytest.raises(RuntimeError, match=r"192\.0\.2\.1"):
        stranger.connect(("192.0.2.1", 80))


def test_a_misspelt_template_variable_fails():
    with pytest.raises(pytest.fail.Exception, match="misspelt"):
        Template("{{ misspelt }}").render(Context({}))


@pytest.mark.parametrize(
    ("markup", "fault"),
    [
        ('<p style="color: red">x</p>', "style-src"),
        ("<script>1</script>", "script-src"),
        ('<img src="/no-such-picture.png" alt="">', "404"),
        ('<img src="http://192.0.2.1/pixel.png" alt="">', "foreign"),
    ],
)
def test_the_browser_harness_notices(browser, live_server, markup, fault):
    faults = []
    page = browser.new_page()
    watching.watch(page, origin=live_server.url, faults=faults)
    policy = "default-src 'self'; img-src *"
    page.route(f"{live_server.url}/page", lambda route: route.fulfill(body=markup, headers={"Content-Security-Policy": policy}, content_type="text/html"))

    page.goto(f"{live_server.url}/page")
    page.wait_for_load_state("networkidle")
    page.close()

    assert fault in "\n".join(faults)


def test_the_accessibility_check_notices_a_picture_without_text(page, assert_accessible):
    page.route("**/page", lambda route: route.fulfill(body='<html lang="nl"><title>x</title><main><img src="data:,">', content_type="text/html"))
    page.goto("/page")

    with pytest.raises(AssertionError, match="image-alt"):
        assert_accessible(page)
