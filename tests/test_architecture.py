"""The shape of the house: what import-linter and ruff cannot see."""

import ast
import subprocess
from collections.abc import Callable
from typing import NamedTuple

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import signals
from django.urls import URLPattern, get_resolver, reverse

ORDER = ["accounts", "journal", "neighbourhoods", "indicators", "actors", "ambitions", "residents", "dashboards"]
GRAB_BAGS = {"services", "selectors", "utils", "helpers", "managers", "common", "core", "base", "misc"}
LONGEST_FUNCTION, LONGEST_MODULE = 40, 400
ROOT = settings.BASE_DIR

SAMPLES = {"IntConverter": 1, "UUIDConverter": "00000000-0000-0000-0000-000000000001"}

# Every page a visitor without account may open; anything else must ask to sign in first.
PUBLIC = {
    "account_confirm_email",
    "account_confirm_login_code",
    "account_inactive",
    "account_email_verification_sent",
    "account_login",
    "account_logout",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_signup",
    "accounts:accept_invitation",
    "admin:login",
    "ambitions:link_confirm",
    "ambitions:link_reconfirm",
    "ambitions:link_thanks",
    "ambitions:link_update",
    "dashboards:api_absent",
    "dashboards:api_collection",
    "dashboards:api_document",
    "dashboards:api_file",
    "dashboards:api_indicator",
    "dashboards:api_programme",
    "dashboards:api_programme_collection",
    "dashboards:api_programme_file",
    "dashboards:api_root",
    "dashboards:areas_geojson",
    "dashboards:calendar_feed",
    "dashboards:figures_csv",
    "dashboards:handover_link",
    "dashboards:home",
    "dashboards:neighbourhood",
    "dashboards:open_data",
    "dashboards:area_csv",
    "dashboards:area_detail",
    "dashboards:area_map",
    "dashboards:public_ambition",
    "dashboards:public_ambition_sheet",
    "dashboards:public_calculation",
    "dashboards:public_calculation_csv",
    "dashboards:public_figures",
    "dashboards:recognise",
    "dashboards:public_report",
    "dashboards:public_report_file",
    "dashboards:public_reports",
    "dashboards:reference_csv",
    "dashboards:reference_version",
    "health",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "openid_connect_callback",
    "openid_connect_login",
    "residents:accessibility",
    "residents:asked_and_done",
    "residents:erase_contact",
    "residents:follow",
    "residents:follow_enter",
    "residents:give_input",
    "residents:house_rules",
    "residents:input_thanks",
    "residents:privacy",
    "residents:unsubscribe",
    "residents:verify_mail",
    "set_language",
    "socialaccount_login_cancelled",
    "socialaccount_signup",
}


def tracked(*patterns):
    """Return the files of the project that match, also those not committed yet."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    return sorted(ROOT / name for name in names if (ROOT / name).exists())


def product_modules():
    return [path for path in tracked("*.py") if "migrations" not in path.parts and "tests" not in path.relative_to(ROOT).parts]


def functions(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]


def test_no_model_points_at_a_later_app():
    upward = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for label in ORDER
        for model in apps.get_app_config(label).get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and field.related_model and later(field.related_model, than=label)
    ]

    assert upward == []


def later(model, *, than):
    label = model._meta.app_label
    return label in ORDER and ORDER.index(label) > ORDER.index(than)


@pytest.mark.parametrize("name", ["pre_save", "post_save", "pre_delete", "post_delete", "m2m_changed"])
def test_our_models_send_no_hidden_effects(name):
    receivers = [entry[1] for entry in getattr(signals, name).receivers]
    modules = {getattr(receiver() if callable(receiver) and not hasattr(receiver, "__module__") else receiver, "__module__", "") for receiver in receivers}

    assert [module for module in modules if module.split(".")[0] in {"wijkaanpak", *ORDER}] == []


def test_no_module_is_a_grab_bag():
    found = [str(path.relative_to(ROOT)) for path in product_modules() if GRAB_BAGS & {path.stem, *path.relative_to(ROOT).parts}]

    assert found == []


def test_functions_stay_short():
    long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in tracked("*.py")
        for node in functions(path)
        if "migrations" not in path.parts and node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
    ]

    assert long == []


def test_modules_stay_short():
    lengths = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in tracked("*.py")}

    assert {name: length for name, length in lengths.items() if length > LONGEST_MODULE} == {}


def test_every_model_says_what_it_is():
    models = [model for label in ORDER for model in apps.get_app_config(label).get_models()]
    silent = [model._meta.label for model in models if not model.__doc__ or model.__doc__.startswith(f"{model.__name__}(")]

    assert silent == []


class Page(NamedTuple):
    name: str
    view: Callable
    patterns: list

    @property
    def is_open(self):
        return not getattr(self.view, "login_required", True)

    @property
    def path(self):
        """An address with arguments of the right form that belong to nothing."""
        if self.name.endswith("None"):  # a redirect without a name has no arguments either
            return "/" + "".join(str(pattern) for pattern in self.patterns)
        arguments = {}
        for pattern in self.patterns:
            arguments |= dict.fromkeys(pattern.regex.groupindex, "1")
            arguments |= {key: SAMPLES.get(type(converter).__name__, "sample") for key, converter in pattern.converters.items()}
        return reverse(self.name, kwargs=arguments)


def pages(resolver=None, namespace="", above=()):
    """Return every page of the product with the url patterns that lead to it."""
    found = []
    for entry in (resolver or get_resolver()).url_patterns:
        patterns = [*above, entry.pattern]
        if isinstance(entry, URLPattern):
            found.append(Page(f"{namespace}{entry.name}", entry.callback, patterns))
        else:
            found += pages(entry, namespace + (f"{entry.namespace}:" if entry.namespace else ""), patterns)
    return found


def test_exactly_the_listed_pages_are_open_to_visitors():
    assert {page.name for page in pages() if page.is_open} == PUBLIC


def test_every_other_page_asks_a_visitor_to_sign_in(client, db):
    closed = [page for page in pages() if not page.is_open and not page.name.startswith("admin:")]

    answers = {f"{page.name} {page.path}": client.get(page.path) for page in closed}

    login = reverse("account_login")
    leaking = {name: answer.status_code for name, answer in answers.items() if answer.status_code != 302 or not answer.url.startswith(login)}
    assert leaking == {}


def test_the_admin_site_asks_a_visitor_to_sign_in(client, db):
    answer = client.get(reverse("admin:index"))

    assert answer.status_code == 302
    assert answer.url.startswith(reverse("admin:login"))
