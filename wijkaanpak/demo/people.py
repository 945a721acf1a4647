"""Invented organisations and people; one account for every role."""

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from actors.models import Organisation, Representative
from wijkaanpak.accounts.models import User
from wijkaanpak.demo import contents
from wijkaanpak.demo.moments import day

DOMAIN = "voorbeeld.example"
PASSWORD = "wijkaanpak-voorbeeld"  # noqa: S105 of the example only; every start prints it


@dataclass(frozen=True)
class People:
    """Organisations and accounts by the name they have in the files."""

    organisations: dict[str, Organisation]
    users: dict[str, User]


def load() -> People:
    found = contents.toml("people.toml")
    organisations: dict[str, Organisation] = {}
    for key, entry in found["organisations"].items():  # a part stands below its whole
        whole = organisations[entry.pop("part_of")] if "part_of" in entry else None
        values = {**entry, "part_of": whole, "is_example": True}
        organisations[key] = Organisation.objects.update_or_create(name=values.pop("name"), defaults=values)[0]
    password = make_password(PASSWORD)  # slow on purpose: once for all of them
    users = {key: _user(key, entry, password, organisations) for key, entry in found["people"].items()}
    return People(organisations, users)


def address(key: str) -> str:
    return f"{key}@{DOMAIN}"


def _user(key: str, entry: dict, password: str, organisations: dict[str, Organisation]) -> User:
    user, _created = User.objects.update_or_create(
        email=address(key),
        defaults={"name": entry["name"], "job_title": entry["job_title"], "is_administrator": entry.get("is_administrator", False), "password": password},
    )
    if "speaks_for" in entry:
        signs = {"is_signatory": entry.get("is_signatory", False), "since": day(-800)}
        Representative.objects.get_or_create(organisation=organisations[entry["speaks_for"]], user=user, until=None, defaults=signs)
    return user
