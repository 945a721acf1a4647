"""Every page in a browser: accessible at 390 and 1280 px, no script error, no broken policy, no request to another server."""

import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actors.models import Agreement, Organisation, SharedPoint, Tension
from ambitions import links, reconfirmations
from ambitions.completeness import Quarter
from ambitions.models import Commitment, Confirmation, Escalation, Goal, Involvement, Milestone, Reaction, ReconfirmationRequest
from dashboards import asking, handovers
from dashboards.models import Question
from residents import codes
from residents.models import Contact, ResidentInput
from tests.access.expected import ALLOWED
from tests.dashboards.factories import HandoverFactory
from tests.test_architecture import pages
from wijkaanpak import languages
from wijkaanpak.accounts import signed_links
from wijkaanpak.accounts.models import SignedLink
from wijkaanpak.indicators import editions
from wijkaanpak.indicators.models import Edition
from wijkaanpak.management.commands import messages
from wijkaanpak.neighbourhoods.models import Membership, Moment, Period, Phase, PhaseStep, Programme

BY_ROLE = {"coordinator": "coordinator", "representative": "woning", "administrator": "beheer"}
VISITOR = "visitor"
ABOUT_ONESELF = ("account_", "mfa_", "usersessions_")
SIGNING_IN = {"account_login", "account_reset_password", "account_reset_password_done"}  # who is in already is led past these
ELSEWHERE = ("admin:", "dashboards:api_", "socialaccount_", "openid_connect_")  # Django's own admin; answers for programs; doors to other systems
FROM_THE_CATALOGUE = {  # pages about indicators, which have Dutch names and units in the middle of sentences
    "dashboards:public_figures", "dashboards:recognise", "dashboards:public_calculation", "dashboards:reference_version",
    "dashboards:area_detail", "dashboards:area_map",
}  # fmt: skip
DUTCH = re.compile(r"\b(de|een|het|ik|van|voor|wij|zijn|naar|niet|met|wordt|uw)\b")
# Text in the language of the page itself, without names and what the catalogue of indicators says.
IN_ITS_OWN_LANGUAGE = """
  () => [...document.querySelectorAll("body *")]
    .filter(element => element.closest("[lang]") === document.documentElement)
    .filter(element => !element.closest("bdi, figure, script, [aria-labelledby=figures], [aria-labelledby=goals]"))
    .flatMap(element => [...element.childNodes].filter(node => node.nodeType === Node.TEXT_NODE).map(node => node.textContent))
    .join("\\n")
"""
LEADS_OUT = {"account_logout"}  # the session would be over for the pages after it


@pytest.fixture
def arguments(example, person):
    """Return the arguments of addresses by the first word of the page's name, as objects of the example."""
    woning = Organisation.objects.get(name="Woonstichting Voorbeeldhuis")
    promise = Commitment.objects.get(what__startswith="340 huurwoningen")
    said = ResidentInput.objects.filter(answers__isnull=False, contact__isnull=False).first()
    waiting = ResidentInput.objects.get(text__startswith="Er zit schimmel")
    question = Question.objects.unanswered().get()
    token = links.path_for(promise, promise.owner).split("/")[2]
    verification = codes.verification_token(said.form_key, Contact.objects.get(input=said).email)
    follow = {"code": codes.code_of(said), "token": verification, "receipt": codes.receipt(said.form_key)}
    confirming = ReconfirmationRequest.objects.get(organisation=woning, person=promise.owner)
    waiting_promise = reconfirmations.promises(confirming).exclude(confirmations__request=confirming).first()
    return over_the_years() | {
        "link_reconfirm": {"token": reconfirmations.path_for(confirming, promise.owner).split("/")[2]},
        "link_confirm": {"token": reconfirmations.path_for(confirming, promise.owner).split("/")[2], "pk": (waiting_promise or promise).pk},
        "commitment_answer": {"pk": Escalation.objects.open().get(commitment__what__startswith="Jongerenwerk").commitment_id},
        "": {"slug": "presikhaaf", "number": 2, "organisation_pk": woning.pk, "theme": "housing", "quarter": Quarter.of(timezone.localdate()).name},
        "link": {"token": token}, "follow": follow, "verify": follow, "unsubscribe": follow, "erase": follow,
        "input": {"pk": waiting.pk, **follow},
        "commitment": {"pk": promise.pk}, "links": {"pk": promise.pk}, "partner": {"pk": woning.pk}, "approval": {"pk": woning.pk}, "split": {"pk": woning.pk}, "perspective": {"pk": woning.pk},
        "agreement": {"pk": Agreement.objects.get(title__startswith="Afspraken").pk}, "agreement_resume": {"pk": Agreement.objects.get(ended_on__isnull=False).pk},
        "tension": {"pk": Tension.objects.get(sentence__contains="aannemer").pk}, "tension_reopen": {"pk": Tension.objects.filter(state="agreed").first().pk},
        "shared": {"pk": SharedPoint.objects.first().pk},
        "milestone": {"pk": promise.pk, "milestone_pk": Milestone.objects.filter(commitment=promise).first().pk},
        "measure": {"pk": promise.pk, "measure_pk": promise.measures.first().pk},
        "goal": {"pk": Goal.objects.filter(ambition__programme__slug="presikhaaf", ambition__number=2).first().pk},
        "change": {"pk": Confirmation.objects.filter(choice="change").first().pk},
        "reaction": {"pk": Reaction.objects.unanswered().filter(consultation__ambition__programme__slug="presikhaaf", consultation__ambition__number=2).first().pk},
        "involvement": {"pk": Involvement.objects.filter(ambition__programme__slug="presikhaaf", ambition__number=2).first().pk},
        "review": {"pk": Period.objects.filter(programme__slug="presikhaaf").first().pk},
        "question": {"pk": question.pk, "kind": question.kind, "subject": question.ambition_id}, "recognise": {"indicator": "social_assistance"},
        "representative": {"pk": woning.pk, "representative_pk": woning.representatives.first().pk},
        "member": {"pk": Membership.objects.filter(programme__slug="presikhaaf", user=person("woning")).first().pk},
        "job": {"pk": asking.of_programme(Programme.objects.get(slug="presikhaaf"), by=person("coordinator")).pk}, "edition": {"pk": Edition.objects.order_by("pk").first().pk},
        "indicator": {"slug": "social_assistance"}, "feed": {"slug": "cbs-v3"}, "area": {"code": "WK020204"}, "report": {"number": 2, "form": "json"},
        "border": {"year": 2020, "code": "GM0202"}, "reference": {"number": 1}, "figure": {"indicator": "social_assistance", "period": 2020},
        "public": {"indicator": "social_assistance", "period": 2020, "number": 1, "form": "json"},
        "edition_columns": {"pk": editions.receive(b"code;cijfer\nGM0202;7\n", name="eigen.csv", by=person("coordinator")).pk},
    }  # fmt: skip


def over_the_years():
    """What comes back or passes on: moments, hand-overs, phases, years and periods."""
    programme = Programme.objects.get(slug="presikhaaf")
    return {
        "moment": {"pk": Moment.objects.first().pk, "year": timezone.localdate().year},
        "handover": {"number": 1, "token": signed_links.token(SignedLink.objects.get(purpose=handovers.PURPOSE))},
        "handover_file": {"number": HandoverFactory(programme=programme, number=9, handed_over=True).number},
        "phase": {"pk": Phase.objects.first().pk}, "step": {"pk": PhaseStep.objects.first().pk},
        "council": {"year": timezone.localdate().year},
        "period": {"pk": programme.periods.first().pk},
    }


def who(name):
    """Return the account of the example that opens a page: the first role that may."""
    if name.startswith(ABOUT_ONESELF) and name not in SIGNING_IN:
        return "coordinator"
    return next((account for role, account in BY_ROLE.items() if role in ALLOWED.get(name, ())), VISITOR)


def addresses(arguments, account):
    """Return the address of every page that this account opens, by name."""
    mine = [page for page in pages() if not page.name.startswith(ELSEWHERE) and not page.name.endswith("None") and page.name not in LEADS_OUT]
    found = {}
    for page in mine:
        name = page.name.split(":")[-1]
        known = {**arguments[""], **(arguments.get(name) or arguments.get(name.split("_")[0], {}))}
        wanted = {key for pattern in page.patterns for key in [*pattern.converters, *pattern.regex.groupindex]}
        if who(page.name) == account and wanted <= known.keys():
            found[page.name] = reverse(page.name, kwargs={key: known[key] for key in wanted})
    return found


def readable(client, address):
    """Whether an address answers a GET with a page: not a button, a fragment, a file or a detour."""
    answer = client.get(address)
    not_set_up = address.startswith("/account/") and answer.status_code == 404
    assert answer.status_code in {200, 302, 405} or not_set_up, f"{address}: {answer.status_code}"
    return answer.status_code == 200 and b"<!doctype html>" in answer.content[:200]


@pytest.mark.parametrize("account", [VISITOR, *BY_ROLE.values()])
def test_every_page_is_accessible_and_quiet(account, arguments, person, page, sign_in, assert_accessible):
    client = Client()
    if account != VISITOR:
        client.force_login(person(account), backend="django.contrib.auth.backends.ModelBackend")
        sign_in(page, person(account))
    found = [address for address in addresses(arguments, account).values() if readable(client, address)]

    for address in found:
        page.goto(address)
        assert page.get_by_role("heading", level=1).count() == 1, address
        assert_accessible(page)

    assert found


@pytest.mark.parametrize("language", ["en", "ar"])
def test_public_pages_speak_the_language_of_the_visitor_and_mark_what_is_not(language, arguments, open_page, live_server, assert_accessible):
    """What people wrote stays as it was and says in which language it is. A page that is not in a language is in Dutch."""
    client, page = Client(), open_page()
    page.context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": live_server.url}])
    found = {name: address for name, address in addresses(arguments, VISITOR).items() if readable(client, address)}
    if language not in languages.FOR_COLLEAGUES:
        found = {name: address for name, address in found.items() if for_residents(name)}

    for name, address in found.items():
        page.goto(address)
        assert page.locator("html").get_attribute("lang") == language, address
        assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr"), address
        assert name in FROM_THE_CATALOGUE or DUTCH.findall(page.evaluate(IN_ITS_OWN_LANGUAGE)) == [], address
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), address
        assert_accessible(page)

    assert {"dashboards:neighbourhood", "residents:follow", "residents:give_input"} <= found.keys()
    assert language != "en" or SIGNING_IN | {"ambitions:link_update"} <= found.keys()


def for_residents(name):
    namespace, _, view = name.rpartition(":")
    return view in languages.VIEWS.get(namespace, ())


def test_every_template_of_a_page_for_residents_is_known_to_be_one(arguments):
    """Its texts would be left out of the catalogues otherwise."""
    client, root = Client(), settings.BASE_DIR / "templates"
    ours = {path.relative_to(root).as_posix(): path for path in root.rglob("*.html")}
    found = {address for name, address in addresses(arguments, VISITOR).items() if for_residents(name)}
    used = {part.name for address in found for part in client.get(address).templates or [] if part.name in ours}

    assert {name for name in used if ours[name] not in languages.templates() and list(messages.from_template(ours[name]))} == set()
    assert len(found) > 12
