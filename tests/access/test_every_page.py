"""Every page that asks for a sign-in, visited by everybody: who gets in, and that strangers cannot tell that it exists."""

from django.db import transaction
from django.urls import reverse

from tests.access.expected import ALLOWED
from tests.access.world import ROLES, STRANGERS, VISITOR, build
from tests.test_architecture import pages

OWN_ACCOUNT = ("account_", "mfa_", "usersessions_", "socialaccount_", "admin:")  # about oneself, or a door of its own


def closed_pages():
    """Return the pages behind the sign-in by name, with the names of their arguments."""
    own = [page for page in pages() if not page.is_open and not page.name.startswith(OWN_ACCOUNT) and not page.name.endswith("None")]
    return {page.name: sorted({key for pattern in page.patterns for key in pattern.converters}) for page in own}


def outcome(client, user, address):
    """Say how an address answers this person: "in", "sign in", "refused" or "absent"; nothing is kept."""
    mark = transaction.savepoint()
    client.logout()
    if user:
        client.force_login(user)
    answer = client.get(address)
    if answer.status_code == 405:
        answer = client.post(address)
    transaction.savepoint_rollback(mark)
    if answer.status_code == 302 and answer.url.startswith(reverse("account_login")):
        return "sign in"
    return {403: "refused", 404: "absent"}.get(answer.status_code, "in")


def test_the_table_names_every_page():
    assert set(closed_pages()) == set(ALLOWED)


def test_everybody_gets_in_exactly_where_they_belong(client, db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    world, arguments = build(), closed_pages()
    addresses = {name: world.address(name, arguments[name]) for name in ALLOWED}

    found = {name: outcomes(client, world, address) for name, address in addresses.items()}

    let_in = {name: {role for role, how in answers.items() if how == "in"} for name, answers in found.items()}
    assert {name: roles for name, roles in let_in.items() if roles != ALLOWED[name]} == {}
    assert {name for name, answers in found.items() if answers[VISITOR] != "sign in"} == set()
    assert {name: answers for name, answers in found.items() if "slug" in arguments[name] and tells_strangers(name, answers)} == {}


def outcomes(client, world, address):
    return {role: outcome(client, world.people.get(role), address) for role in [VISITOR, *ROLES, *STRANGERS]}


def tells_strangers(name, answers):
    """Whether somebody of another programme can tell that the object exists."""
    return {answers[role] for role in STRANGERS if role not in ALLOWED[name]} - {"absent"}
