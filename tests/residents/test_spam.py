import pytest

from residents import spam

FINE = "Zet een bank bij de vijver, dan blijven mensen even zitten."


def judge(text=FINE, *, trap="", seconds=60, address="192.0.2.1"):
    return spam.judge(text, trap=trap, seconds=seconds, address=address)


def test_ordinary_words_are_clean():
    assert judge() == spam.Verdict(0, [])


@pytest.mark.parametrize(
    ("form", "reason"),
    [
        ({"trap": "http://x"}, "trap"),
        ({"seconds": 1}, "fast"),
        ({"seconds": None}, "unsigned"),
        ({"text": "Koop nu http://a.example en www.b.example"}, "links"),
        ({"text": "koop " * 12}, "repeats"),
        ({"text": "a" * 40}, "repeats"),
    ],
)
def test_signs_of_spam_hold_an_input(form, reason):
    verdict = judge(**form)

    assert verdict.holds
    assert reason in verdict.reasons


def test_one_link_is_noted_and_does_not_hold():
    verdict = judge("Zie https://voorbeeld.example")

    assert (verdict.reasons, verdict.holds) == (["link"], False)


def test_the_sixth_input_within_an_hour_from_one_connection_is_held():
    verdicts = [judge(f"Een ander verhaal, nummer {number}.") for number in range(6)]

    assert [verdict.holds for verdict in verdicts] == [False] * 5 + [True]


def test_the_same_text_is_held_the_third_time_wherever_it_comes_from():
    verdicts = [judge(address=f"192.0.2.{number}") for number in range(3)]

    assert [verdict.reasons for verdict in verdicts] == [[], [], ["again"]]


def test_a_cache_that_is_away_stops_nobody(settings):
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"}}

    assert not judge().holds
