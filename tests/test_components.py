"""The shared components: what they show, that every theme can be read, that the strict policy holds."""

import re
from datetime import timedelta

import pytest
from django import forms
from django.conf import settings
from django.contrib.messages import constants, get_messages
from django.core.paginator import Paginator
from django.template import Context, Template
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from tests.accounts.factories import UserFactory
from tests.neighbourhoods.factories import MembershipFactory
from wijkaanpak import components, styleguide

THEMES = settings.BASE_DIR / "static/css/themes"
TOKEN = re.compile(r"(--[\w-]+):\s*(#[0-9a-f]{6});")

# What stands on what, and how much lighter or darker it must be: 4.5 for text, 3 for lines and shapes (WCAG 1.4.3, 1.4.11).
TEXT_PAIRS = [
    (f"--basis-color-{kind}-color-default", f"--basis-color-{kind}-bg-default")
    for kind in ("default", "info", "positive", "warning", "negative")
] + [
    ("--basis-color-default-color-document", "--basis-color-default-bg-document"),
    ("--basis-color-default-color-default", "--basis-color-default-bg-document"),
    ("--basis-color-default-color-subtle", "--basis-color-default-bg-document"),
    ("--basis-color-default-color-subtle", "--basis-color-default-bg-subtle"),
    ("--basis-color-default-color-subtle", "--basis-color-default-bg-default"),
    ("--basis-color-negative-color-default", "--basis-color-default-bg-document"),
    ("--basis-color-action-1-color-default", "--basis-color-default-bg-document"),
    ("--basis-color-action-1-color-default", "--basis-color-default-bg-subtle"),
    ("--basis-color-action-1-color-default", "--basis-color-action-1-bg-hover"),
    ("--basis-color-action-1-inverse-color-default", "--basis-color-action-1-inverse-bg-default"),
    ("--basis-color-action-1-inverse-color-default", "--basis-color-action-1-inverse-bg-hover"),
    ("--basis-color-accent-1-inverse-color-default", "--basis-color-accent-1-inverse-bg-default"),
    ("--basis-color-default-color-document", "--basis-color-accent-1-bg-default"),
    ("--basis-focus-color", "--basis-focus-background-color"),
    ("--basis-form-control-color", "--basis-form-control-background-color"),
    ("--basis-form-control-color", "--basis-form-control-invalid-background-color"),
]
SHAPE_PAIRS = [
    (f"--basis-color-{kind}-border-default", "--basis-color-default-bg-document")
    for kind in ("default", "info", "positive", "warning", "negative")
] + [
    ("--basis-form-control-border-color", "--basis-form-control-background-color"),
    ("--basis-form-control-invalid-border-color", "--basis-color-default-bg-document"),
    ("--basis-focus-outline-color", "--basis-color-default-bg-document"),
    ("--basis-focus-inverse-outline-color", "--basis-color-accent-1-inverse-bg-default"),
    ("--wp-chart-own", "--basis-color-default-bg-document"),
    ("--wp-chart-municipality", "--basis-color-default-bg-document"),
    ("--wp-chart-country", "--basis-color-default-bg-document"),
    ("--wp-chart-target", "--basis-color-default-bg-document"),
]


def render(source, **context):
    return Template(source).render(Context(context))


def tokens(theme):
    return dict(TOKEN.findall((THEMES / f"{theme}.css").read_text().lower()))


def luminance(colour):
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = [channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4 for channel in channels]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", styleguide.THEMES)
@pytest.mark.parametrize(("pairs", "least"), [(TEXT_PAIRS, 4.5), (SHAPE_PAIRS, 3)])
def test_every_theme_can_be_read(theme, pairs, least):
    values = tokens(theme)

    faint = {(front, back): contrast(values[front], values[back]) for front, back in pairs if contrast(values[front], values[back]) < least}

    assert faint == {}


@pytest.mark.parametrize("theme", [name for name in styleguide.THEMES if name != "default"])
def test_a_theme_gives_a_value_to_every_token(theme):
    assert tokens(theme).keys() == tokens("default").keys()


@pytest.mark.parametrize("theme", styleguide.THEMES)
def test_the_classes_of_a_map_go_from_light_to_dark(theme):
    steps = [luminance(tokens(theme)[f"--wp-map-{number}"]) for number in range(1, 6)]

    assert steps == sorted(steps, reverse=True)


def test_every_token_in_use_is_defined_by_the_themes():
    sheets = "\n".join(path.read_text() for path in (settings.BASE_DIR / "static/css").rglob("*.css"))
    used = set(re.findall(r"var\((--(?:basis|wp)-[\w-]+)\)", sheets))

    assert used - set(re.findall(r"(--(?:basis|wp)-[\w-]+):", (THEMES / "default.css").read_text())) == set()


def test_badge_escapes_its_words():
    assert (
        render("{% badge 'safe' label %}", label="<b>op schema</b>")
        == '<span class="badge badge--safe">&lt;b&gt;op schema&lt;/b&gt;</span>'
    )


def test_alert_wraps_what_it_encloses():
    page = render("{% alert 'warning' title=title %}<p>{{ name }}</p>{% endalert %}", title="Let op", name="A & B")

    assert 'class="alert alert--warning"' in page
    assert "Let op" in page
    assert "<p>A &amp; B</p>" in page


@pytest.mark.parametrize(("level", "kind"), [("success", "safe"), ("error", "danger"), ("warning", "warning"), ("info", "info")])
def test_messages_look_like_alerts(level, kind):
    assert level in constants.DEFAULT_TAGS.values()
    assert components.alert_kind(level) == kind


def test_card_heading_says_its_level():
    assert 'aria-level="2"' in render("{% card title='Doel' level=2 %}x{% endcard %}")
    assert "aria-level" not in render("{% card title='Doel' %}x{% endcard %}")


def test_chart_has_heading_table_and_finding_in_that_order():
    page = render("{% chart title='Geluid' finding='Het werd stiller.' %}<svg></svg>{% twin %}<table></table>{% endtwin %}{% endchart %}")

    assert re.search(r"<h3.*Geluid.*<svg>.*<details.*<table>.*<figcaption>Het werd stiller", page, re.DOTALL)


def test_signs_say_in_words_why_a_figure_is_not_there():
    with override("nl"):
        shown = [components.sign(kind) for kind in ("missing", "suppressed", "not_published")]

    assert ["niet bekend" in shown[0], "geheim" in shown[1], "nog niet gepubliceerd" in shown[2]] == [True, True, True]


@pytest.mark.parametrize(
    ("days", "dutch", "english"),
    [
        (-3, "3 dagen te laat", "3 days late"),
        (-1, "1 dag te laat", "1 day late"),
        (0, "vandaag", "today"),
        (5, "over 5 dagen", "in 5 days"),
    ],
)
def test_a_date_is_said_as_a_distance_from_today(days, dutch, english):
    day = timezone.localdate() + timedelta(days=days)

    with override("nl"):
        assert components.days_from(day) == dutch
    with override("en"):
        assert components.days_from(day) == english


def test_progress_without_a_known_total_shows_no_value():
    with override("nl"):
        busy, half = render("{% progress 0 0 'Bezig' %}"), render("{% progress 1500 3000 'Inlezen' %}")

    assert "value=" not in busy
    assert 'max="3000" value="1500"' in half
    assert "1.500 van 3.000 · Inlezen" in half


def test_pagination_keeps_the_filters(rf):
    page = render("{% pagination page_obj %}", request=rf.get("/?state=late&page=2&q=a+b"), page_obj=Paginator(range(30), 10).page(2))

    assert "?state=late&amp;q=a+b&amp;page=3" in page
    assert "?state=late&amp;q=a+b&amp;page=1" in page


class ReportForm(forms.Form):
    sentence = forms.CharField(label="Hoe staat het ervoor?", help_text="Eén zin.")
    state = forms.ChoiceField(
        label="Stand", choices=[("1", "Op schema"), ("2", "Klaar")], widget=forms.RadioSelect(attrs={"class": "cards"})
    )
    note = forms.CharField(label="Notitie", required=False)
    agreed = forms.BooleanField(label="Akkoord")

    def clean(self):
        raise forms.ValidationError("Dit kan nu niet.")


def test_error_summary_links_to_the_first_control_of_each_field():
    page = render("{% error_summary form %}", form=ReportForm({}))

    assert re.findall(r'href="#(\w+)"', page) == ["id_sentence", "id_state_0", "id_agreed"]
    assert "Dit kan nu niet." in page
    assert "Hoe staat het ervoor? " in page


def test_every_error_link_has_a_control_to_land_on():
    form = ReportForm({})
    anchors = re.findall(r'href="#(\w+)"', render("{% error_summary form %}", form=form))
    page = str(form)

    assert [anchor for anchor in anchors if f'id="{anchor}"' not in page] == []


def test_fields_tell_their_help_and_their_error_to_a_screen_reader():
    page = str(ReportForm({})["sentence"].as_field_group())

    assert 'aria-describedby="id_sentence_helptext id_sentence_error"' in page
    assert 'id="id_sentence_helptext"' in page
    assert 'id="id_sentence_error"' in page


def test_optional_fields_say_so():
    with override("nl"):
        page = str(ReportForm())

    assert page.count("(niet verplicht)") == 1
    assert re.search(r"Notitie <span[^>]*>\(niet verplicht\)", page)


def test_radios_with_cards_become_big_choices():
    page = str(ReportForm()["state"])

    assert 'class="choices choices--cards"' in page
    assert page.count('class="choice"') == 2


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox – Windows"),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0 Mobile Safari/537.36", "Chrome – Android"),
        ("curl/8", "curl/8"),
    ],
)
def test_a_session_names_browser_and_system(user_agent, name):
    assert components.browser_name(user_agent) == name


@pytest.mark.parametrize(("theme", "linked"), [("default", False), ("groen", True)])
def test_only_another_theme_is_linked_after_the_neutral_one(theme, linked):
    assert ("css/themes/groen.css" in components.theme_link(theme)) is linked


@pytest.mark.parametrize("language", ["nl", "en"])
def test_sign_in_page_speaks_the_chosen_language(client, db, language):
    answer = client.post(reverse("set_language"), {"language": language, "next": reverse("account_login")}, follow=True)

    assert f'<html lang="{language}"' in answer.content.decode()
    assert {"nl": "Bewoners hebben geen account nodig", "en": "Residents need no account"}[language] in answer.content.decode()


def test_nobody_signs_up_alone(client, db):
    page = client.get(reverse("account_signup")).content.decode()

    assert "op uitnodiging" in page
    assert "<form" in page
    assert 'name="password1"' not in page


def test_a_wrong_password_is_said_above_the_form(client, db):
    UserFactory(email="iemand@voorbeeld.example", password="een-lang-wachtwoord")

    page = client.post(reverse("account_login"), {"login": "iemand@voorbeeld.example", "password": "anders"}).content.decode()

    assert "Controleer uw antwoorden" in page
    assert 'role="alert"' in page


def test_signing_in_says_so(client, db):
    UserFactory(email="iemand@voorbeeld.example", password="een-lang-wachtwoord")

    answer = client.post(reverse("account_login"), {"login": "iemand@voorbeeld.example", "password": "een-lang-wachtwoord"})

    assert [str(message) for message in get_messages(answer.wsgi_request)] == ["U bent ingelogd."]


@pytest.mark.parametrize(("role", "status"), [("coordinator", 200), ("representative", 403)])
def test_style_guide_is_for_coordinators(client, db, role, status):
    client.force_login(MembershipFactory(role=role).user, backend="django.contrib.auth.backends.ModelBackend")

    assert client.get(reverse("styleguide")).status_code == status


@pytest.mark.parametrize("theme", styleguide.THEMES)
def test_style_guide_is_accessible_in_every_theme(page, sign_in, assert_accessible, theme):
    sign_in(page, UserFactory(is_administrator=True))

    page.goto(f"{reverse('styleguide')}?thema={theme}")

    assert_accessible(page)


@pytest.mark.parametrize("name", ["account_login", "account_reset_password", "account_reset_password_done", "account_signup"])
def test_entrance_is_accessible(page, assert_accessible, name):
    page.goto(reverse(name))

    assert_accessible(page)


@pytest.mark.parametrize("name", ["mfa_index", "usersessions_list", "account_change_password", "mfa_activate_totp"])
def test_account_pages_are_accessible(page, sign_in, assert_accessible, name):
    sign_in(page, UserFactory(password="een-lang-wachtwoord"))

    page.goto(reverse(name))

    assert_accessible(page)


def test_no_page_is_wider_than_a_phone(phone, sign_in):
    sign_in(phone, UserFactory(is_administrator=True))

    phone.goto(reverse("styleguide"))

    assert phone.evaluate("document.documentElement.scrollWidth") == 390
