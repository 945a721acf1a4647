"""Asking one named person what is behind a contradiction, and the answer that stays in the log."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from actors.models import Organisation, Representative
from dashboards.choices import Contradiction, Explanation
from dashboards.contradictions import Found
from dashboards.models import Question
from wijkaanpak.accounts.models import User
from wijkaanpak.journal import events, mails
from wijkaanpak.neighbourhoods.choices import Role
from wijkaanpak.neighbourhoods.models import Membership, Programme

ABOUT_AMBITION = {Contradiction.GREEN_WORSE, Contradiction.UNSUPPORTED}


def people(programme: Programme) -> QuerySet[User]:
    """Who can be asked: the coordinators, and who speaks for a partner; with `organisation_name`, empty for others."""
    partners = Organisation.objects.in_programme(programme)
    speaks = Representative.objects.active().filter(user=OuterRef("pk"), organisation__in=partners)
    roles = Membership.objects.active().filter(programme=programme, user=OuterRef("pk"))
    coordinates = Exists(roles.filter(role=Role.COORDINATOR))
    named = User.objects.annotate(organisation_name=Subquery(speaks.order_by("pk").values("organisation__name")[:1]))
    return named.filter(Q(coordinates) | (Q(Exists(speaks)) & Q(Exists(roles))), is_active=True).order_by("organisation_name", "name", "pk")


@transaction.atomic
def ask(programme: Programme, found: Found, *, asked_of: User, due_on: date, by: User) -> Question:
    """Ask somebody about a contradiction, by mail and under "my work"; an open question about it is withdrawn.

    Raises ValidationError (codes "too_soon", "not_here").
    """
    Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    if due_on <= timezone.localdate():
        raise ValidationError(_("Choose a day that is still to come."), code="too_soon")
    if not people(programme).filter(pk=asked_of.pk).exists():
        raise ValidationError(_("This person does not take part in the programme."), code="not_here")
    about = {"ambition_id" if found.kind in ABOUT_AMBITION else "theme_id": found.subject}
    Question.objects.unanswered().filter(programme=programme, kind=found.kind, **about).update(withdrawn_at=timezone.now())
    question = Question.objects.create(
        programme=programme, kind=found.kind, what=found.detail, facts=found.facts, asked_of=asked_of, asked_by=by, due_on=due_on, **about
    )
    events.record(
        "question.asked", about=question, by=by, programme=programme, name=found.title,
        new={"person": asked_of.name, "due_on": due_on.isoformat(), "what": found.detail},
    )
    _mail(question, found)
    return question


def _mail(question: Question, found: Found) -> None:
    path = reverse("dashboards:question_detail", args=[question.programme.slug, question.pk])
    mails.post(
        key=f"question:{question.pk}", to=question.asked_of.email, to_name=question.asked_of.name, template="dashboards/mail/question.txt",
        purpose="question.asked", about=question, programme=question.programme,
        context={"question": question, "title": found.title, "programme": question.programme, "path": path, "answers": Explanation.labels},
    )


@transaction.atomic
def answer(question: Question, *, answer: str, sentence: str, by: User) -> Question:
    """Record what is behind the contradiction; it stays quiet until its facts change.

    Raises ValidationError (codes "answered", "no_sentence").
    """
    locked = Question.objects.select_for_update(of=("self",)).select_related("ambition", "theme").get(pk=question.pk)
    if locked.answered_at or locked.withdrawn_at:
        raise ValidationError(_("This question was answered or withdrawn already."), code="answered")
    if not sentence.strip():
        raise ValidationError(_("Write one sentence."), code="no_sentence")
    locked.answer, locked.sentence, locked.answered_at = Explanation(answer), sentence.strip(), timezone.now()
    locked.save(update_fields=["answer", "sentence", "answered_at"])
    events.record(
        "question.answered", about=locked, by=by, programme=locked.programme_id, name=locked.title,
        new={"answer": str(Explanation(answer).label), "sentence": locked.sentence},
    )
    return locked
