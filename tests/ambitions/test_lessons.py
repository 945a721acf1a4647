"""The learning log of an ambition."""

import pytest
from django.core.exceptions import ValidationError
from django.db import Error, transaction
from django.urls import reverse

from ambitions import lessons
from ambitions.models import Lesson
from tests.actors.factories import RepresentativeFactory
from tests.ambitions.factories import AmbitionFactory, LessonFactory
from wijkaanpak.journal.models import Event

pytestmark = pytest.mark.django_db
PARTS = {"assumed": "Een brief is genoeg.", "saw": "Niemand kwam.", "changes": "We bellen aan."}


@pytest.fixture
def ambition(programme):
    return AmbitionFactory(programme=programme, adopted=True)


def url(name, ambition):
    return reverse(f"ambitions:{name}", args=[ambition.programme.slug, ambition.number])


def test_a_lesson_is_signed_with_name_and_organisation(ambition):
    speaker = RepresentativeFactory(in_programme=ambition.programme)

    lesson = lessons.write(ambition, by=speaker.user, **PARTS)

    assert (lesson.written_by, lesson.by_organisation) == (speaker.user, speaker.organisation)
    assert Event.objects.about(ambition).get().new == PARTS


@pytest.mark.parametrize("part", PARTS)
def test_a_lesson_has_three_parts(ambition, coordinator, part):
    with pytest.raises(ValidationError) as error:
        lessons.write(ambition, by=coordinator, **PARTS | {part: " "})
    assert error.value.code == "incomplete"


def test_a_closed_ambition_is_learned_from_too(coordinator):
    assert lessons.write(AmbitionFactory(closed=True), by=coordinator, **PARTS).pk


@pytest.mark.parametrize("action", [lambda rows: rows.update(saw="Anders."), lambda rows: rows.delete()])
def test_the_database_never_changes_a_lesson(action):
    rows = Lesson.objects.filter(pk=LessonFactory().pk)

    with pytest.raises(Error), transaction.atomic():
        action(rows)


def test_a_lesson_is_written_on_its_own_page_and_read_with_the_ambition(signed_in, coordinator, ambition):
    browser = signed_in(coordinator)

    answer = browser.post(url("lesson_add", ambition), PARTS, follow=True)

    page = answer.content.decode()
    assert all(text in page for text in PARTS.values())
    assert coordinator.name in page


def test_a_part_that_is_missing_is_asked_for(signed_in, coordinator, ambition):
    answer = signed_in(coordinator).post(url("lesson_add", ambition), PARTS | {"changes": ""})

    assert (answer.status_code, Lesson.objects.count()) == (422, 0)
    assert "Wat veranderen we?" in answer.content.decode()


def test_an_empty_log_says_what_belongs_in_it(signed_in, coordinator, ambition):
    assert "wat anders loopt dan gedacht" in signed_in(coordinator).get(url("ambition_detail", ambition)).content.decode().lower()


@pytest.mark.parametrize("rows", [1, 30])
def test_the_page_takes_constant_queries_whatever_was_learned(signed_in, coordinator, ambition, rows, django_assert_num_queries):
    LessonFactory.create_batch(rows, ambition=ambition)
    browser = signed_in(coordinator)

    with django_assert_num_queries(18):
        page = browser.get(url("ambition_detail", ambition)).content.decode()

    assert page.count("aanbellen hielp wel") == rows
