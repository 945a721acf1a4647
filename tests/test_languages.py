"""Residents read in six languages; pages of colleagues are in Dutch and English."""

import ast
import datetime

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format

from tests.neighbourhoods.factories import ProgrammeFactory
from wijkaanpak import languages
from wijkaanpak.management.commands import messages

NAMES = {"nl": "Nederlands", "en": "English", "tr": "Türkçe", "ar": "العربيّة", "pl": "Polski", "uk": "Українська"}


@pytest.mark.parametrize("language", [code for code in languages.FOR_RESIDENTS if code != messages.SOURCE])
def test_every_text_that_residents_meet_is_translated(language):
    missing = {}
    for label, folder in messages.app_folders().items():
        for po, wanted in messages.catalogues(label, folder).items():
            if po.parts[-3] == language:
                current = po.read_text(encoding="utf-8") if po.exists() else ""
                missing[label] = list(messages.faults(messages.merged(wanted, current, language=language, prune=False)))

    assert {label: faults for label, faults in missing.items() if faults} == {}
    assert {"wijkaanpak", "ambitions", "residents", "dashboards"} <= missing.keys()


def test_every_module_and_part_that_is_named_is_there():
    for name, parts in languages.PARTS.items():
        tree = ast.parse((settings.BASE_DIR / name).read_text(encoding="utf-8"))
        assert set(parts) <= {languages.name_of(node) for node in ast.walk(tree)}, name


def test_a_text_of_colleagues_is_not_asked_for_in_every_language():
    met = {messages.first(text) for text, _context, _comments in messages.texts("residents", residents=True)}

    assert "Say what can be better" in met
    assert "Put away as spam" not in met


@pytest.mark.django_db
@pytest.mark.parametrize(("address", "language", "direction"), [("/", "ar", "rtl"), ("/bestaat-niet/", "ar", "rtl"), ("/account/login/", "nl", "ltr")])
def test_a_page_that_is_not_in_the_language_of_the_visitor_is_in_dutch(client, address, language, direction):
    page = client.get(address, headers={"accept-language": "ar"})

    assert f'<html lang="{language}" dir="{direction}">' in page.content.decode()


@pytest.mark.django_db
def test_the_switch_names_each_other_language_in_itself_and_needs_no_cookie(client):
    page = client.get("/", headers={"accept-language": "tr"})

    text = page.content.decode()
    assert [code for code, name in NAMES.items() if f'lang="{code}" dir="{"rtl" if code == "ar" else "ltr"}">{name}</button>' in text] == ["nl", "en", "ar", "pl", "uk"]
    assert page.cookies == {}


@pytest.mark.django_db
def test_colleagues_choose_between_two_languages(client, django_user_model):
    client.force_login(django_user_model.objects.create(email="iemand@voorbeeld.example", name="Iemand"), backend=settings.AUTHENTICATION_BACKENDS[0])

    text = client.get(reverse("accounts:profile")).content.decode()

    assert [code for code in NAMES if f'name="language" value="{code}"' in text] == ["nl", "en"]


@pytest.mark.django_db
def test_what_the_municipality_wrote_stays_dutch_and_says_so(client):
    programme = ProgrammeFactory(is_public=True, summary="Samen aan het werk.")

    page = client.get(reverse("dashboards:neighbourhood", args=[programme.slug]), headers={"accept-language": "ar"})

    assert '<span lang="nl">Samen aan het werk.</span>' in page.content.decode()
    assert "هذا ما نريده معًا" in page.content.decode()


@pytest.mark.django_db
def test_the_form_says_in_every_language_where_the_languages_are(client):
    programme = ProgrammeFactory(is_public=True)

    text = client.get(reverse("residents:give_input", args=[programme.slug])).content.decode()

    link = text.partition('href="#languages"')[2].partition("</a>")[0]
    assert [code for code, name in NAMES.items() if name in link] == ["en", "tr", "ar", "pl", "uk"]
    assert 'id="languages"' in text


@pytest.mark.parametrize(("language", "day"), [("pl", "3 maja 2026"), ("uk", "3 травня 2026"), ("nl", "3 mei 2026")])
def test_a_day_is_written_with_the_month_in_its_right_form(language, day):
    with translation.override(language):
        assert date_format(datetime.date(2026, 5, 3), "j E Y") == day
    assert not [path.name for path in languages.templates() if "j F Y" in path.read_text(encoding="utf-8")]
