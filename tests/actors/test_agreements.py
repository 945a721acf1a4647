"""What organisations signed, when it asks for a choice, and that nobody is told twice."""

import datetime
import zipfile
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from actors import agreements, documents, reminders
from actors.models import Agreement, AgreementDocument, AgreementReminder
from actors.models.agreements import months_before
from tests.accounts.factories import UserFactory
from tests.actors.factories import AgreementDocumentFactory, AgreementFactory, OrganisationFactory
from tests.neighbourhoods.factories import MembershipFactory
from wijkaanpak.journal import jobs
from wijkaanpak.journal.models import Event, Mail
from wijkaanpak.neighbourhoods.choices import Role


def word_file(*extra, without=""):
    """Return a packed file as Word makes it, with more parts or without one."""
    kept = BytesIO()
    with zipfile.ZipFile(kept, "w") as packed:
        for name in {"[Content_Types].xml", "word/document.xml", *extra} - {without}:
            packed.writestr(name, "<x/>")
    return kept.getvalue()


pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def in_days(days):
    return TODAY + datetime.timedelta(days=days)


@pytest.fixture
def user():
    return UserFactory()


@pytest.fixture
def parties(programme):
    return [OrganisationFactory(name=f"Partij {letter}", in_programme=programme) for letter in "AB"]


@pytest.fixture
def record(programme, parties, user):
    def make(**values):
        known = {"title": "Convenant", "signed_on": TODAY, "starts_on": TODAY, "joint_data": "no", "organisations": parties, **values}
        return agreements.record(programme, by=user, **known)

    return make


def test_the_months_of_notice_are_counted_back_to_a_day_that_exists():
    assert months_before(datetime.date(2027, 3, 31), 1) == datetime.date(2027, 2, 28)
    assert months_before(datetime.date(2027, 1, 15), 12) == datetime.date(2026, 1, 15)


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ({}, "runs"), ({"ends_on": None}, "runs"), ({"starts_on": in_days(3)}, "to_come"), ({"ends_soon": True}, "ends_soon"),
        ({"notice_near": True}, "notice_near"), ({"notice_near": True, "notice_months": 14}, "runs"), ({"notice_near": True, "notice_months": 9}, "runs"), ({"past": True}, "ended"), ({"ended": True}, "ended"),
        ({"ended": True, "ended_on": in_days(30), "notice_near": True}, "ends_soon"), ({"ends_on": TODAY}, "ends_soon"),
    ],
)  # fmt: skip
def test_how_an_agreement_stands_follows_from_its_days(values, state):
    agreement = AgreementFactory(**values)

    assert agreement.state == state
    assert Agreement.objects.in_force().contains(agreement) == (state != "ended")


def test_an_open_agreement_has_no_last_day_of_notice():
    assert AgreementFactory(ends_on=None, notice_months=6).notice_on is None


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"title": " "}, "no_title"), ({"organisations": []}, "too_few"), ({"ends_on": in_days(-1)}, "too_soon"),
        ({"joint_data": "yes"}, "no_responsible"),
    ],
)  # fmt: skip
def test_what_is_recorded_is_whole(record, values, code):
    with pytest.raises(ValidationError) as error:
        record(**values)
    assert error.value.code == code


def test_only_who_takes_part_can_be_a_party(record, parties):
    with pytest.raises(ValidationError) as error:
        record(organisations=[parties[0], OrganisationFactory()])
    assert error.value.code == "not_taking_part"


def test_the_database_asks_for_two_parties(record):
    agreement = record()

    agreement.parties.first().delete()

    with pytest.raises(IntegrityError):
        transaction.get_connection().check_constraints()


def test_a_party_that_leaves_stays_readable(record, programme, parties, user):
    agreement, newcomer = record(), OrganisationFactory(name="Partij C", in_programme=programme)

    agreements.change(agreement, organisations=[parties[0], newcomer], by=user)

    assert {(party.organisation, party.until) for party in agreement.parties.all()} == {(parties[0], None), (parties[1], TODAY), (newcomer, None)}
    event = Event.objects.get(kind="agreement.parties_changed")
    assert (event.old, event.new) == ({"parties": ["Partij A", "Partij B"]}, {"parties": ["Partij A", "Partij C"]})


def test_one_of_two_parties_cannot_leave(record, parties, user):
    with pytest.raises(ValidationError) as error:
        agreements.change(record(), organisations=parties[:1], by=user)
    assert error.value.code == "too_few"


def test_a_longer_term_is_told_with_the_earlier_one(record, user):
    agreement = record(ends_on=in_days(100))

    agreements.change(agreement, ends_on=in_days(900), by=user)

    event = Event.objects.get(kind="agreement.term_changed")
    assert (event.old, event.new) == ({"ends_on": in_days(100).isoformat()}, {"ends_on": in_days(900).isoformat()})


def test_an_agreement_ends_once_with_a_reason_and_can_go_on(user):
    agreement = AgreementFactory()
    agreements.end(agreement, ended_on=in_days(30), reason="Opgezegd.", by=user)
    with pytest.raises(ValidationError) as error:
        agreements.end(agreement, ended_on=in_days(30), reason="Nog eens.", by=user)

    again = agreements.resume(agreement, reason="Toch verder.", by=user)

    assert (error.value.code, again.ended_on, again.end_reason) == ("ended", None, "")
    assert Event.objects.get(kind="agreement.resumed").old["reason"] == "Opgezegd."


@pytest.mark.parametrize(("values", "code"), [({"reason": " "}, "no_reason"), ({"ended_on": in_days(9000)}, "outside"), ({"ended_on": in_days(-9000)}, "outside")])
def test_an_ending_names_a_reason_and_a_day_within_the_term(user, values, code):
    with pytest.raises(ValidationError) as error:
        agreements.end(AgreementFactory(), by=user, **{"ended_on": TODAY, "reason": "Klaar.", **values})
    assert error.value.code == code


def test_what_was_ended_is_not_changed(user):
    with pytest.raises(ValidationError) as error:
        agreements.change(AgreementFactory(ended=True), title="Anders", by=user)
    assert error.value.code == "ended"


# documents


@pytest.fixture
def kept_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def upload(content, name="convenant.pdf"):
    return SimpleUploadedFile(name, content)


def test_a_file_is_kept_under_a_name_that_says_nothing(kept_files, user):
    document = documents.add(AgreementFactory(), name="Tekst", file=upload(b"%PDF-1.7\n", "../kwaad.php"), by=user)

    [kept] = (kept_files / "agreements").iterdir()
    assert (document.form, kept.suffix, len(kept.name), kept.stat().st_mode & 0o111) == ("pdf", "", 32, 0)


@pytest.mark.parametrize(("content", "form"), [(b"%PDF-1.4", "pdf"), (word_file(), "docx")])
def test_a_file_is_known_by_what_is_in_it(content, form):
    assert documents.form_of(upload(content, "zonder-eind")) == form


@pytest.mark.parametrize("content", [b"<html>", b"PK\x03\x04kapot", word_file("word/vbaProject.bin"), word_file(without="word/document.xml")])
def test_another_kind_of_file_is_refused(content):
    with pytest.raises(ValidationError) as error:
        documents.form_of(upload(content, "echt.pdf"))
    assert error.value.code == "not_known"


def test_a_large_file_is_refused(monkeypatch):
    monkeypatch.setattr(documents, "LARGEST_MB", 0)

    with pytest.raises(ValidationError) as error:
        documents.form_of(upload(b"%PDF-1.4"))
    assert error.value.code == "too_large"


def test_a_document_is_a_file_or_an_address(user):
    with pytest.raises(ValidationError) as error:
        documents.add(AgreementFactory(), name="Niets", by=user)
    assert error.value.code == "one"


def test_a_removed_document_takes_its_file_along(kept_files, user, django_capture_on_commit_callbacks):
    document = AgreementDocumentFactory()

    with django_capture_on_commit_callbacks(execute=True):
        for _press in range(2):
            documents.remove(document, by=user)

    assert (AgreementDocument.objects.count(), list((kept_files / "agreements").iterdir())) == (0, [])
    assert Event.objects.filter(kind="agreement.document_removed").count() == 1


# telling in time


@pytest.fixture
def coordinator(programme):
    return MembershipFactory(programme=programme, role=Role.COORDINATOR).user


def remind(today=TODAY):
    reminders.plan(today)
    jobs.run_all()


def test_the_coordinator_gets_one_mail_about_all_that_come_near(programme, coordinator):
    ending = AgreementFactory(programme=programme, ends_soon=True, title="Convenant Wonen")
    AgreementFactory(programme=programme, notice_near=True, title="Convenant Zorg")
    AgreementFactory(programme=programme, title="Convenant Rustig")

    remind()

    mail = Mail.objects.get()
    assert (mail.to, mail.subject) == (coordinator.email, "Voorbeeldwijk: 2 overeenkomsten lopen af")
    assert "Convenant Wonen" in mail.text
    assert "Convenant Zorg" in mail.text
    assert "Rustig" not in mail.text
    assert f"/overeenkomsten/{ending.pk}/" in mail.text


def test_nobody_is_told_twice_about_the_same_day(programme, coordinator):
    AgreementFactory(programme=programme, notice_near=True)

    for day in [0, 0, 1, 20]:
        remind(in_days(day))

    assert (Mail.objects.count(), AgreementReminder.objects.count()) == (1, 1)


def test_the_end_is_told_again_after_the_day_of_notice(programme, coordinator):
    AgreementFactory(programme=programme, notice_near=True)

    for day in [0, 60, 300]:
        remind(in_days(day))

    assert list(AgreementReminder.objects.order_by("pk").values_list("occasion", flat=True)) == ["notice_near", "ends_soon"]


def test_an_agreement_that_was_ended_or_has_no_end_asks_nothing(programme, coordinator):
    AgreementFactory(programme=programme, ends_soon=True, ended=True, ended_on=in_days(20))
    AgreementFactory(programme=programme, ends_on=None, notice_months=6)

    remind()

    assert Mail.objects.count() == 0


def test_what_comes_in_after_the_mail_of_today_is_told_tomorrow(programme, coordinator):
    AgreementFactory(programme=programme, ends_soon=True)
    remind()
    AgreementFactory(programme=programme, ends_soon=True, title="Later bekend")
    remind()

    remind(in_days(1))

    assert ["Later bekend" in mail.text for mail in Mail.objects.order_by("pk")] == [False, True]


def test_only_coordinators_of_the_programme_are_told(programme, coordinator):
    MembershipFactory(role=Role.COORDINATOR)
    MembershipFactory(programme=programme, role=Role.REPRESENTATIVE)
    AgreementFactory(programme=programme, ends_soon=True)

    remind()

    assert Mail.objects.get().to == coordinator.email
