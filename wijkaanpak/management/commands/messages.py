"""Extract the texts of every app into its catalogues, Dutch whole and others what residents meet; compile them, without gettext."""

import io
import re
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation.reloader import translation_file_changed
from django.utils.translation.template import templatize

from wijkaanpak import languages

KEYWORDS = DEFAULT_KEYWORDS | {f"{name}_lazy": DEFAULT_KEYWORDS[name] for name in ("gettext", "ngettext", "pgettext", "npgettext")}
HEADER = """\
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals={plurals}; plural={plural};\\n"

"""
PLACEHOLDER = re.compile(r"%\((\w+)\)")
ALWAYS, SOURCE = "nl", "en"  # Dutch is complete everywhere; the source is English


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="change nothing; fail on stale or missing translations")
        parser.add_argument("--compile", action="store_true", help="only compile what changed")
        parser.add_argument("--prune", action="store_true", help="drop translations whose text is no longer used")
        parser.add_argument("apps", nargs="*", help="only these apps")

    def handle(self, *args, **options):
        chosen = {label: folder for label, folder in app_folders().items() if not options["apps"] or label in options["apps"]}
        if not options["compile"]:
            problems = self.extract(chosen, check=options["check"], prune=options["prune"])
            if options["check"] and problems:
                raise CommandError("\n".join([*problems, "Run `python3 dev.py manage messages` and complete the translations."]))
            for problem in problems:
                self.stdout.write(problem)
        for po in [po for folder in chosen.values() for po in folder.glob("locale/*/LC_MESSAGES/django.po")]:
            compile_catalogue(po)
        translation_file_changed(sender=self, file_path=Path("django.mo"))  # this process may have read older catalogues already

    def extract(self, chosen, *, check, prune):
        """Bring the catalogues up to date (or, checking, only compare) and return what is wrong with them."""
        problems = []
        for label, folder in chosen.items():
            for po, wanted in catalogues(label, folder).items():
                current = po.read_text(encoding="utf-8") if po.exists() else ""
                catalogue = merged(wanted, current, language=po.parts[-3], prune=prune)
                if check and written(catalogue) != current:
                    problems.append(f"{shown(po)}: out of date")
                elif not check and (len(catalogue) or current):
                    po.parent.mkdir(parents=True, exist_ok=True)
                    po.write_text(written(catalogue), encoding="utf-8")
                problems += [f"{shown(po)}: {problem}" for problem in faults(catalogue)]
        return problems


def app_folders():
    """Return the folder of each app of ours by label."""
    ours = [config for config in apps.get_app_configs() if is_ours(Path(config.path))]
    return {config.label: Path(config.path) for config in ours}


def is_ours(folder):
    return folder.is_relative_to(settings.BASE_DIR) and "site-packages" not in folder.parts


def shown(path):
    return path.relative_to(settings.BASE_DIR)


def catalogues(label, folder):
    """Return the catalogue files of an app, each with its texts: the Dutch one has all, the others what residents meet."""
    met = texts(label, residents=True)
    wanted = {language: met for language in languages.FOR_RESIDENTS if language not in {SOURCE, ALWAYS}} | {ALWAYS: texts(label)}
    files = {folder / "locale" / language / "LC_MESSAGES" / "django.po": found for language, found in wanted.items()}
    return {po: found for po, found in files.items() if found or po.exists()}


def sources(label):
    """Return the Python files and templates whose texts belong to an app."""
    folders = app_folders()
    below = [folder for other, folder in folders.items() if other != label and folder.is_relative_to(folders[label])]
    python = [path for path in folders[label].rglob("*.py") if "migrations" not in path.parts]
    templates = settings.BASE_DIR / "templates"
    if label == "wijkaanpak":
        others = [templates / other for other in folders if other != label]
        pages = [path for path in templates.rglob("*") if path.is_file() and not any(path.is_relative_to(other) for other in others)]
    else:
        pages = [path for path in (templates / label).rglob("*") if path.is_file()]
    return sorted(path for path in python if not any(path.is_relative_to(other) for other in below)), sorted(pages)


def texts(label, *, residents=False):
    """Return what an app wants translated, as (message id or pair, context, translator comments); all, or what residents meet."""
    python, templates = sources(label)
    found = []
    for path in python:
        for source in languages.python(path) if residents else [path.read_bytes()]:
            found += from_python(source)
    for path in templates:
        if not residents or path in languages.templates():
            found += from_template(path)
    return found


def from_python(source):
    for _line, function, message, comments in extract_python(io.BytesIO(source), KEYWORDS, ["Translators:"], {"encoding": "utf-8"}):
        strings = [part for part in (message if isinstance(message, tuple) else (message,)) if part]
        context = strings.pop(0) if function.removesuffix("_lazy") in {"pgettext", "npgettext"} and len(strings) > 1 else None
        plural = tuple(strings[:2]) if "ngettext" in function or "npgettext" in function else None
        if strings:
            yield plural or strings[0], context, comments


def from_template(path):
    """Django turns a template into Python-like text; without indentation it can be read as Python."""
    pythonish = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    return from_python("\n".join(line.strip() for line in pythonish.splitlines()).encode())


def merged(wanted, current, *, language, prune):
    """Return the catalogue of what is wanted, with the translations that were there already.

    Translations whose text has gone stay as obsolete entries until they are pruned.
    """
    old = read_po(io.StringIO(current), locale=language)
    known = {(first(message.id), message.context): message for message in [*old.obsolete.values(), *old] if message.id}
    catalogue = Catalog(locale=language, charset="utf-8")
    for message_id, context, comments in wanted:
        message = catalogue.add(message_id, context=context, auto_comments=comments)
        before = known.get((first(message_id), context))
        if before and isinstance(before.string, tuple) == isinstance(message.id, tuple):
            message.string = before.string
            message.flags |= before.flags & {"fuzzy"}
    used = {(first(message.id), message.context) for message in catalogue}
    left_over = {} if prune else {key: message for key, message in known.items() if key not in used and translated(message)}
    catalogue.obsolete.update({message.id if message.context is None else key: message for key, message in left_over.items()})
    return catalogue


def first(message_id):
    return forms(message_id)[0]


def translated(message):
    return all(forms(message.string))


def written(catalogue):
    """Return the catalogue as text that only changes when a text changes: sorted, no places, no dates."""
    body = io.BytesIO()
    write_po(body, catalogue, width=110, no_location=True, omit_header=True, sort_output=True)
    header = HEADER.format(language=catalogue.locale_identifier, plurals=catalogue.num_plurals, plural=catalogue.plural_expr)
    return header + body.getvalue().decode().strip() + "\n"


def faults(catalogue):
    for message in catalogue:
        if not message.id:
            continue
        if not translated(message):
            yield f"not translated: {first(message.id)!r}"
        elif message.fuzzy:
            yield f"marked fuzzy: {first(message.id)!r}"
        elif wrong := wrong_placeholders(message):
            yield f"placeholders {', '.join(sorted(wrong))} differ in the translation of {first(message.id)!r}"


def wrong_placeholders(message):
    """Return the names that only the text or only its translation has; a plural form may leave one out."""
    asked = {name for text in forms(message.id) for name in PLACEHOLDER.findall(text)}
    given = [set(PLACEHOLDER.findall(text)) for text in forms(message.string)]
    unknown = set().union(*given) - asked
    return unknown if message.pluralizable else unknown | (asked - given[0])


def forms(text):
    return text if isinstance(text, (list, tuple)) else (text,)


def compile_catalogue(po):
    mo = po.with_suffix(".mo")
    if mo.exists() and mo.stat().st_mtime > po.stat().st_mtime:
        return
    with po.open("rb") as source:
        catalogue = read_po(source, locale=po.parts[-3])
    unfinished = mo.with_suffix(".mo.new")
    with unfinished.open("wb") as target:
        write_mo(target, catalogue)
    unfinished.rename(mo)
