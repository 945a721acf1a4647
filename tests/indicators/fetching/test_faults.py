"""What happens when a service is slow, broken, gone or talks nonsense; what is here always stays."""

import pytest

from tests.indicators.fetching.asking import fetch, fetch_again
from wijkaanpak.indicators.choices import FetchProblem
from wijkaanpak.indicators.fetching import http
from wijkaanpak.indicators.fetching.http import FetchFailed
from wijkaanpak.indicators.models import Edition
from wijkaanpak.journal.choices import JobState
from wijkaanpak.journal.models import Job

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("indicators")]
DATA = "TypedDataSet"


def test_a_service_that_is_busy_for_a_moment_is_asked_again(publisher):
    publisher.fault(DATA, status=503, times=2)

    feed = fetch("cbs-v3")

    assert (feed.problem, publisher.count(DATA)) == ("", 3)


def test_the_pause_a_service_asks_for_is_kept(publisher, monkeypatch):
    waited = []
    monkeypatch.setattr(http, "wait", lambda seconds, _beat: waited.append(seconds))
    publisher.fault(DATA, status=503, headers={"Retry-After": "7"})

    fetch("cbs-v3")

    assert waited == [7.0]


def test_a_service_that_wants_to_be_left_alone_for_long_is_left_alone(publisher):
    publisher.fault(DATA, status=503, headers={"Retry-After": "86400"}, times=9)

    feed = fetch("cbs-v3")

    assert (feed.problem, publisher.count(DATA)) == (FetchProblem.BUSY, 1)


def test_each_pause_is_longer_and_never_the_same_for_all(settings):
    settings.FETCH_PAUSE_SECONDS = 2

    pauses = [[http.backoff(attempt) for _ in range(50)] for attempt in (1, 2, 3)]

    assert [(min(some) >= low, max(some) <= 2 * low) for some, low in zip(pauses, (1, 2, 4), strict=True)] == [(True, True)] * 3
    assert len(set(pauses[0])) > 1


@pytest.mark.parametrize(("status", "problem"), [(400, FetchProblem.REFUSED), (403, FetchProblem.REFUSED), (404, FetchProblem.GONE)])
def test_a_question_that_is_refused_is_not_asked_again(publisher, status, problem):
    publisher.fault(DATA, status=status, times=9)

    feed = fetch("cbs-v3")

    assert (feed.problem, publisher.count(DATA)) == (problem, 1)


def test_an_answer_that_is_cut_off_half_way_is_asked_again(publisher):
    publisher.fault(DATA, cuts=True)

    feed = fetch("cbs-v3")

    assert (feed.problem, publisher.count(DATA)) == ("", 2)
    assert Edition.objects.count() == 2


def test_a_service_that_stays_silent_is_given_up_after_the_last_attempt(publisher, settings):
    settings.FETCH_READ_SECONDS, settings.FETCH_ATTEMPTS = 0.05, 2
    publisher.fault(DATA, waits=0.3, times=9)

    feed = fetch("cbs-v3")

    assert (feed.problem, publisher.count(DATA)) == (FetchProblem.UNREACHABLE, 2)


def test_an_answer_that_takes_too_long_as_a_whole_is_given_up(publisher, settings):
    settings.FETCH_WHOLE_SECONDS, settings.FETCH_ATTEMPTS = -1, 1

    with pytest.raises(FetchFailed) as caught:
        http.get(f"{publisher.url}/v4/83765NED/Properties", beat=lambda: None)

    assert caught.value.problem == FetchProblem.UNREACHABLE


def test_a_server_that_is_not_there_is_said_to_be_out_of_reach(publisher, settings):
    settings.FETCH_ADDRESSES = settings.FETCH_ADDRESSES | {"odata3": "http://127.0.0.1:9"}

    feed = fetch("cbs-v3")

    assert feed.problem == FetchProblem.UNREACHABLE


@pytest.mark.parametrize("body", [b"<html>Onderhoud</html>", b'{"value": [', b"[1, 2]", b'{"value": 3}'])
def test_an_answer_that_is_no_list_of_rows_is_neither_used_nor_kept(publisher, body):
    publisher.fault(DATA, body=body)

    feed = fetch("cbs-v3")

    assert feed.problem == FetchProblem.UNREADABLE
    assert fetch_again(feed).problem == ""


def test_an_answer_above_the_limit_is_not_read_to_its_end(publisher, settings):
    settings.MAX_UPLOAD_MB = 0.001
    publisher.fault("ODataCatalog", body=b"x" * 5_000)

    feed = fetch("cbs-v3")

    assert feed.problem == FetchProblem.TOO_LARGE


def test_a_next_page_on_another_server_is_not_followed(publisher):
    publisher.fault(DATA, body=b'{"value": [{"WijkenEnBuurten": "GM0202    "}], "odata.nextLink": "https://elsewhere.example/next"}')

    feed = fetch("cbs-v3")

    assert (feed.problem, "elsewhere.example" in feed.problem_detail) == (FetchProblem.UNREADABLE, True)


def test_a_service_is_not_followed_to_another_server(publisher):
    publisher.fault("ODataCatalog", status=302, headers={"Location": "https://elsewhere.example/"})

    feed = fetch("cbs-v3")

    assert feed.problem == FetchProblem.REFUSED


def test_we_say_who_asks(publisher):
    fetch("cbs-v3")

    assert publisher.agents == {"Wijkaanpak/0.1"}


def test_a_failing_service_keeps_its_last_success_and_since_when_it_fails(publisher):
    feed = fetch("cbs-v3")
    answered, editions = feed.asked_at, Edition.objects.count()
    publisher.fault("ODataCatalog", status=404, times=2)

    since = fetch_again(feed).problem_at
    feed = fetch_again(feed)

    assert (feed.asked_at, feed.problem_at, feed.problem, Edition.objects.count()) == (answered, since, FetchProblem.GONE, editions)
    assert Job.objects.latest("pk").state == JobState.FAILED


def test_a_problem_is_over_when_everything_came(publisher):
    publisher.fault(DATA, status=404)
    feed = fetch("cbs-v3")

    feed = fetch_again(feed)

    assert (feed.problem, feed.problem_detail, feed.problem_at) == ("", "", None)
