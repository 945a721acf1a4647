import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from dashboards import attention, contradictions, questions
from dashboards.models import Question
from tests.actors.factories import RepresentativeFactory
from tests.ambitions.factories import CommitmentFactory, in_days
from tests.neighbourhoods.factories import ProgrammeFactory
from wijkaanpak.journal.models import Event, Mail

pytestmark = pytest.mark.django_db


@pytest.fixture
def found(programme):
    """An organisation that promised something and does not support the ambition."""
    CommitmentFactory(started=True, in_programme=programme).ambition.support.all().delete()
    [contradiction] = contradictions.look(attention.reading(programme, timezone.localdate()))
    return contradiction


@pytest.fixture
def ask(programme, coordinator, speaker, found):
    return lambda **values: questions.ask(programme, found, **{"asked_of": speaker, "due_on": in_days(7), "by": coordinator, **values})


def test_a_question_goes_by_mail_and_into_the_log(ask, speaker, found):
    question = ask()

    mail = Mail.objects.get(purpose="question.asked")
    assert (mail.to, found.detail in mail.text) == (speaker.email, True)
    assert reverse("dashboards:question_detail", args=["voorbeeldwijk", question.pk]) in mail.text
    assert Event.objects.get(kind="question.asked").new["person"] == speaker.name


def test_asking_again_withdraws_the_open_question(ask, coordinator):
    first = ask()

    second = ask(asked_of=coordinator)

    assert list(Question.objects.unanswered()) == [second]
    assert Question.objects.get(pk=first.pk).withdrawn_at


def test_the_day_must_be_still_to_come(ask):
    with pytest.raises(ValidationError) as refusal:
        ask(due_on=in_days(0))

    assert refusal.value.code == "too_soon"


def test_only_who_takes_part_can_be_asked(ask):
    with pytest.raises(ValidationError) as refusal:
        ask(asked_of=RepresentativeFactory(in_programme=ProgrammeFactory()).user)

    assert refusal.value.code == "not_here"


def test_an_answer_is_given_once(ask, speaker):
    question = ask()
    questions.answer(question, answer="figure", sentence="De telling mist een straat.", by=speaker)

    with pytest.raises(ValidationError) as refusal:
        questions.answer(question, answer="other", sentence="Toch niet.", by=speaker)

    assert refusal.value.code == "answered"
    assert Question.objects.get().sentence == "De telling mist een straat."


@pytest.mark.parametrize("wrong", [{"answer": "later"}, {"answered_at": timezone.now()}, {"answer": "later", "answered_at": timezone.now()}])
def test_the_database_wants_answer_sentence_and_moment_together(ask, wrong):
    question = ask()

    with pytest.raises(IntegrityError), transaction.atomic():
        Question.objects.filter(pk=question.pk).update(**wrong)


def test_who_is_asked_finds_it_under_my_work_and_answers_there(client, ask, speaker):
    question = ask()
    client.force_login(speaker)
    [duty] = client.get("/werk/").context["duties"]

    client.post(duty.url, {"answer": "approach", "sentence": "Wij beginnen te laat op de dag."})

    question.refresh_from_db()
    assert (question.answer, question.sentence) == ("approach", "Wij beginnen te laat op de dag.")
    assert client.get("/werk/").context["duties"] == []


def test_an_answer_without_sentence_is_asked_for(client, ask, speaker):
    question = ask()
    client.force_login(speaker)

    response = client.post(reverse("dashboards:question_detail", args=["voorbeeldwijk", question.pk]), {"answer": "later"})

    assert (response.status_code, "Schrijf één zin." in response.content.decode()) == (422, True)


def test_a_coordinator_asks_from_the_cockpit(client, coordinator, speaker, found):
    client.force_login(coordinator)
    [group] = client.get("/werk/voorbeeldwijk/").context["groups"]

    client.post(group.rows[0].action_url, {"asked_of": speaker.pk, "due_on": in_days(9).isoformat()})

    assert Question.objects.get().asked_of == speaker
    page = client.get("/werk/voorbeeldwijk/tegenstrijdig/").content.decode()
    assert found.detail in page
    assert "Bekijk de vraag" in page


def test_a_contradiction_that_is_gone_cannot_be_asked_about(client, coordinator):
    client.force_login(coordinator)

    response = client.get(reverse("dashboards:question_ask", args=["voorbeeldwijk", "green_worse", 7]), follow=True)

    assert "Deze tegenstrijdigheid is er niet meer." in response.content.decode()


def test_the_coordinator_reads_the_answer_and_cannot_give_it(client, ask, coordinator, speaker):
    question = ask()
    client.force_login(coordinator)
    url = reverse("dashboards:question_detail", args=["voorbeeldwijk", question.pk])

    client.post(url, {"answer": "later", "sentence": "Namens een ander."})
    questions.answer(question, answer="other", sentence="Er is een straat opgebroken.", by=speaker)

    assert "Er is een straat opgebroken." in client.get(url).content.decode()
    assert "Namens een ander." not in client.get(url).content.decode()


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_needs_a_constant_number_of_queries(client, programme, coordinator, speaker, rows, django_assert_num_queries):
    for _number in range(rows):
        CommitmentFactory(started=True, in_programme=programme).ambition.support.all().delete()
    [first, *_others] = contradictions.look(attention.reading(programme, timezone.localdate()))
    questions.ask(programme, first, asked_of=speaker, due_on=in_days(7), by=coordinator)
    client.force_login(coordinator)

    with django_assert_num_queries(9):
        response = client.get("/werk/voorbeeldwijk/tegenstrijdig/")

    assert len(response.context["rows"]) == rows
