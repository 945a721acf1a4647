"""The papers of a meeting: from records alone, frozen, the same in every form."""

import io
import re
import zipfile
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from docx import Document

from ambitions import commitments
from ambitions.choices import Visibility
from dashboards import meetings
from dashboards.models import Paper
from dashboards.papers import content, making, pdf, word
from tests.ambitions.factories import AmbitionFactory, CommitmentFactory, in_days
from tests.dashboards.factories import MeetingFactory
from tests.neighbourhoods.factories import MembershipFactory
from wijkaanpak.neighbourhoods.choices import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(programme, coordinator):
    CommitmentFactory(in_programme=programme, started=True, what="Lampen vervangen", due_on=in_days(-20))
    made = MeetingFactory(programme=programme, called_by=coordinator, place="Stadhuis")
    meetings.make_agenda(made, by=coordinator)
    return made


@pytest.fixture
def paper(meeting, coordinator):
    return making.make(meeting, own="Graag besluiten <b>voor</b> de zomer.", by=coordinator)


def text_of(file):
    return "\n".join(line.text for line in Document(io.BytesIO(file)).paragraphs)


def test_the_papers_follow_the_agenda_and_lead_to_the_records(paper):
    [point] = paper.document["troubled"]

    assert (point["text"], point["label"]) == ("Lampen vervangen", "Te laat")
    assert point["url"].startswith("/werk/voorbeeldwijk/toezeggingen/")


def test_what_changed_is_told_since_the_body_met_before(programme, coordinator, meeting):
    MeetingFactory(programme=programme, held_on=in_days(-30))
    commitment = CommitmentFactory(in_programme=programme, started=True, what="Plein vegen")
    commitments.postpone(commitment, due_on=commitment.due_on + timedelta(days=30), reason="De aannemer is ziek.", by=coordinator)

    document = content.compose(meeting, "", timezone.now(), by=coordinator)

    assert document["about"]["since_on"] == in_days(-30).isoformat()
    assert [(row["about"], "De aannemer is ziek." in row["text"]) for row in document["changed"]] == [("Plein vegen", True)]


def test_what_is_internal_is_not_told(programme, coordinator, meeting):
    commitment = CommitmentFactory(in_programme=programme, started=True, what="Plein vegen", visibility=Visibility.INTERNAL)
    commitments.postpone(commitment, due_on=commitment.due_on + timedelta(days=30), reason="De aannemer is ziek.", by=coordinator)

    assert content.compose(meeting, "", timezone.now(), by=coordinator)["changed"] == []


def test_an_ambition_that_nobody_promised_anything_for_is_a_gap(programme, meeting, coordinator):
    alone = AmbitionFactory(programme=programme, adopted=True)

    gaps = content.compose(meeting, "", timezone.now(), by=coordinator)["gaps"]

    assert alone.sentence in [row["text"] for row in gaps]


def test_the_same_moment_gives_the_same_document_and_the_same_pages(meeting, paper, coordinator):
    again = content.compose(meeting, "Graag besluiten <b>voor</b> de zomer.", paper.made_at, by=coordinator)

    assert again == paper.document
    assert pdf.render(paper) == pdf.render(paper)


def test_the_papers_are_never_changed_and_other_papers_are_a_new_number(meeting, paper, coordinator):
    second = making.make(meeting, own="", by=coordinator)

    assert (paper.number, second.number) == (1, 2)
    with pytest.raises(IntegrityError), transaction.atomic():
        Paper.objects.update(document={})


def test_papers_need_an_agenda(programme, coordinator):
    with pytest.raises(ValidationError) as refusal:
        making.make(MeetingFactory(programme=programme), own="", by=coordinator)

    assert refusal.value.code == "no_agenda"


def test_a_word_file_has_the_same_words_with_links_and_reads_no_mark_up(paper, settings):
    file = word.render(paper)

    assert "Graag besluiten <b>voor</b> de zomer." in text_of(file)
    links = zipfile.ZipFile(io.BytesIO(file)).read("word/_rels/document.xml.rels").decode()
    assert settings.BASE_URL + paper.document["troubled"][0]["url"] in links


def test_the_pdf_is_tagged_and_two_pages_long_for_a_full_agenda(meeting, coordinator):
    for number in range(18):
        meetings.add_item(meeting, what=f"Punt {number} over de verlichting bij het winkelcentrum", by=coordinator)

    file = pdf.render(making.make(meeting, own="", by=coordinator))

    assert b"pdfuaid" in file
    assert int(re.search(rb"/Count (\d+)", file)[1]) <= 2


def test_anybody_in_the_programme_reads_the_papers_and_strangers_do_not(client, paper):
    address = reverse("dashboards:papers_file", args=["voorbeeldwijk", paper.meeting_id, 1, "pdf"])
    reader, stranger = MembershipFactory(programme=paper.meeting.programme, role=Role.READER).user, MembershipFactory().user

    client.force_login(reader)
    assert client.get(address)["Content-Type"] == "application/pdf"
    client.force_login(stranger)
    assert client.get(address).status_code == 404


def test_making_the_papers_puts_them_on_the_page_of_the_meeting(client, meeting, coordinator):
    client.force_login(coordinator)

    answer = client.post(reverse("dashboards:papers_make", args=["voorbeeldwijk", meeting.pk]), {"own": ""}, follow=True)

    assert "Stukken 1 (pdf)" in answer.content.decode()
