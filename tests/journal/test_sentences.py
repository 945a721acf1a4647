import re

import pytest
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from tests.journal.factories import EventFactory
from wijkaanpak.journal import sentences

pytestmark = pytest.mark.django_db
ALL = sentences.SENTENCES


@pytest.fixture
def registered():
    """What the apps registered when they were loaded."""
    return ALL


@pytest.fixture(autouse=True)
def _registry(monkeypatch):
    monkeypatch.setattr(sentences, "SENTENCES", {})


def test_a_sentence_names_who_what_and_the_values():
    sentences.register({"promise.moved": "%(who)s moved %(subject)s from %(old_due_on)s to %(new_due_on)s."})
    event = EventFactory(kind="promise.moved", actor_name="Ada", subject_name="x", old={"due_on": "2026-07-01"}, new={"due_on": "2026-12-31"})

    assert sentences.sentence(event) == "Ada moved x from 1 juli 2026 to 31 december 2026."


def test_a_value_that_was_not_stored_reads_as_a_dash():
    sentences.register({"promise.moved": "To %(new_due_on)s, %(old_gone)s."})

    assert sentences.sentence(EventFactory(kind="promise.moved", new={"due_on": None})) == "To –, –."


def test_yes_no_and_lists_are_written_out():
    sentences.register({"promise.moved": "%(new_is_public)s: %(new_areas)s"})

    assert sentences.sentence(EventFactory(kind="promise.moved", new={"is_public": True, "areas": ["Oost", "West"]})) == "ja: Oost, West"


def test_what_changed_is_told_in_the_words_of_the_reader():
    support = EventFactory(kind="support.given", subject_type="ambitions.ambition", new={"stance": "supports", "version": 2})
    entered = EventFactory(kind="input.entered", subject_type="residents.residentinput", new={"channel": "phone"})

    assert sentences.changes(support) == [("steun", "–", "steunt"), ("versie", "–", "2")]
    assert sentences.changes(entered) == [("kanaal", "–", "telefoon")]


def test_an_unknown_kind_is_shown_as_it_is():
    assert sentences.sentence(EventFactory(kind="nobody.knows")) == "nobody.knows"


def test_a_registered_sentence_may_be_lazy():
    sentences.register({"promise.moved": _("yes")})

    assert sentences.sentence(EventFactory(kind="promise.moved")) == "ja"


def test_a_timeline_says_when_nobody_did_it():
    entries = sentences.timeline([EventFactory(kind="x", actor_name="")])

    assert [(entry.who, entry.text) for entry in entries] == [("Wijkaanpak", "x")]


def recorded_kinds():
    """Every kind that the code writes as a literal, as {kind: file}."""
    found = {}
    for path in settings.BASE_DIR.glob("*/**/*.py"):
        folder = path.relative_to(settings.BASE_DIR).parts[0]
        if folder in {"wijkaanpak", "actors", "ambitions", "residents", "dashboards"}:
            found |= dict.fromkeys(re.findall(r"record\(\s*\"([a-z_]+\.[a-z_]+)\"", path.read_text()), path.name)
    return found


def test_every_event_the_code_records_has_a_sentence(registered):
    kinds = recorded_kinds()

    assert "programme.changed" in kinds
    assert {kind: file for kind, file in kinds.items() if kind not in registered} == {}


def test_numbers_are_written_as_people_here_write_them():
    sentences.register({"goal.moved": "from %(old_target)s to %(new_target)s"})
    event = EventFactory(kind="goal.moved", old={"target": 12.5}, new={"target": 18.0})

    assert sentences.sentence(event) == "from 12,5 to 18"
