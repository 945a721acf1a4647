"""What is committed: pins without addresses, no machine's paths, files that read as what they are."""

import json
import os
import re
import subprocess

import pytest
import yaml
from django.conf import settings

ROOT = settings.BASE_DIR
HOSTS = re.compile("|".join(("pythonhosted", r"pypi\.org/simple", r"npmjs\.(?:org|com)", r"deb\.debian", "index" + "-url")))
MACHINE = re.compile(r"(?<![\w}])/" + r"(?:root|opt|work|home)/[a-z]")
SECRET = re.compile("|".join(("BEGIN [A-Z ]*PRIVATE" + " KEY", r"AKIA[0-9A-Z]{16}", r"gh[pousr]_[A-Za-z0-9]{30}")))


def committed():
    names = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    return [name for name in names if (ROOT / name).exists()]


def texts():
    for name in committed():
        try:
            yield name, (ROOT / name).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


def found(pattern, skip=()):
    return [name for name, text in texts() if name not in skip and pattern.search(text)]


def test_no_registry_is_named():
    assert found(HOSTS, skip={"tests/test_repository.py", "dev.py"}) == []


def test_no_path_of_a_machine_is_named():
    assert found(MACHINE) == []


def test_no_secret_is_committed():
    assert found(SECRET) == []


@pytest.mark.parametrize("name", ["base", "dev", "node", "redis"])
def test_python_pins_have_hashes_and_no_addresses(name):
    text = (ROOT / f"requirements/{name}.txt").read_text()

    assert "://" not in text
    assert all("--hash=sha256:" in block for block in re.split(r"\n(?=[a-z0-9])", text)[1:])


def test_front_end_pins_have_hashes_and_no_addresses():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    pinned = [package for path, package in packages.items() if path]

    assert all("integrity" in package and "resolved" not in package for package in pinned)


@pytest.mark.parametrize("name", ["base", "dev", "node", "redis"])
def test_every_dependency_says_what_it_is_for(name):
    lines = (ROOT / f"requirements/{name}.in").read_text().splitlines()
    purposeless = [line for before, line in zip(["", *lines], lines, strict=False) if line and line[0] not in "#-" and not before.startswith("#")]

    assert purposeless == []


def test_nothing_large_is_committed():
    large = {name: (ROOT / name).stat().st_size for name in committed() if (ROOT / name).stat().st_size > 3_000_000}

    assert large == {}


@pytest.mark.parametrize("name", ["dev.py", "manage.py", ".ci/run"])
def test_commands_can_be_executed(name):
    assert os.access(ROOT / name, os.X_OK)


def test_the_production_shape_has_every_part_and_checks_its_health():
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    services = compose["services"]

    assert {"postgres", "redis", "migrate", "web", "worker", "beat", "proxy"} == set(services)
    assert [name for name, service in services.items() if name != "migrate" and "healthcheck" not in service] == []


def test_the_production_shape_brings_database_and_catalogue_up_to_date():
    command = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]["migrate"]["command"]

    assert command[-1] == "python manage.py migrate --noinput && python manage.py catalogue"


def test_the_production_shape_takes_its_secrets_from_the_environment():
    text = (ROOT / "docker-compose.yml").read_text()

    assert all(f"${{{name}:?" in text for name in ("SECRET_KEY", "ALLOWED_HOSTS", "POSTGRES_PASSWORD"))


def test_the_example_of_the_environment_names_every_value_that_is_needed():
    needed = set(re.findall(r"\$\{([A-Z_]+):\?", (ROOT / "docker-compose.yml").read_text()))
    named = set(re.findall(r"^([A-Z_]+)=", (ROOT / "deploy/example.env").read_text(), re.MULTILINE))

    assert needed - named == set()


def test_the_production_shape_passes_what_the_settings_read():
    """MEDIA_ROOT is a volume; the other two are for development."""
    passed = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]["web"]["environment"]
    read = re.findall(r'(?:environ\.get|flag|names)\("([A-Z_]+)"', (ROOT / "wijkaanpak/settings.py").read_text())

    assert set(read) - set(passed) == {"DJANGO_DEBUG", "EMAIL_BACKEND", "MEDIA_ROOT"}
    assert set(passed) <= set(read)


def test_public_code_is_described():
    described = yaml.safe_load((ROOT / "publiccode.yml").read_text())

    assert described["legal"]["license"] == "EUPL-1.2"
    assert {"nl", "en"} <= set(described["description"])
