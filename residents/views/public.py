"""Saying something about a neighbourhood, without account and without script."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation

from residents import codes, guard, inputs, places, spam
from residents.choices import HouseRule, InputKind
from residents.forms.screens import TRAP, Screens
from residents.models import in_words
from residents.views import visitors
from wijkaanpak.neighbourhoods.models import Programme

RECEIPT_AGE = 24 * 3600
PAGES = {
    "what": "residents/give_input_what.html",
    "where": "residents/give_input_where.html",
    "preview": "residents/give_input_preview.html",
}


@login_not_required
def give_input(request, slug):
    """One address, one form; each screen is answered with the next, and carries the answers given before."""
    programme = get_object_or_404(Programme.objects.public(), slug=slug)
    screens = Screens(lambda: places.areas_of(programme), request.POST)
    if request.method != "POST":
        return _screen(request, programme, screens, screens.fresh("what"), "what")
    if request.POST.get("language") in dict(settings.LANGUAGES):
        return _in_language(request, programme, screens, request.POST["language"])
    if screens.goes_back():
        return _screen(request, programme, screens, screens.fresh(screens.target), screens.target)
    if unfinished := screens.first_unfinished(screens.target):
        return _screen(request, programme, screens, screens.check(unfinished), unfinished, status=422)
    if screens.target != Screens.SEND:
        return _screen(request, programme, screens, screens.fresh(screens.target), screens.target)
    return _send(request, programme, screens)


def _send(request, programme, screens):
    what, where, sender = (screens.check(name) for name in Screens.ORDER)
    verdict = spam.judge(
        what.cleaned_data["text"], trap=screens.trap, seconds=screens.opened_for, address=visitors.address(request)
    )
    inputs.receive(
        programme=programme, form_key=screens.key(), area=where.area, place=where.cleaned_data["place"], verdict=verdict,
        language=translation.get_language(), **what.cleaned_data, **sender.cleaned_data,
    )
    return redirect("residents:input_thanks", programme.slug, codes.receipt(screens.key()))


def _in_language(request, programme, screens, language):
    """Show the same screen with the same answers in another language, also from now on."""
    translation.activate(language)
    request.LANGUAGE_CODE = language
    response = _screen(request, programme, screens, screens.fresh(screens.current), screens.current)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, language, path=settings.LANGUAGE_COOKIE_PATH, secure=request.is_secure(), samesite="Lax",
        max_age=settings.LANGUAGE_COOKIE_AGE,
    )
    return response


def _screen(request, programme, screens, form, name, status=200):
    context = {
        "programme": programme, "form": form, "screen": name, "step": Screens.ORDER.index(name) + 1, "carried": screens.carried(name),
        "opening": screens.opening, "trap_name": TRAP, "trap": screens.trap, "house_rules": HouseRule.labels,
        **(_preview(screens) if name == "preview" else {}),
    }
    return render(request, PAGES[name], context, status=status)


def _preview(screens):
    what, where = screens.check("what"), screens.check("where")
    what.is_valid()
    where.is_valid()
    text, place = what.cleaned_data.get("text", ""), where.cleaned_data.get("place", "")
    return {
        "text": text, "kind": InputKind(what.cleaned_data.get("kind", InputKind.IDEA)).label, "today": timezone.localdate(),
        "shown_place": in_words(where.area if "where" in where.cleaned_data else None, place),
        "findings": guard.find(f"{text}\n{place}"),
    }


@login_not_required
def input_thanks(request, slug, receipt):
    """The code of what was just sent; the address of this page works for a day and is not stored."""
    programme = get_object_or_404(Programme.objects.public(), slug=slug)
    code = codes.code_on_receipt(receipt, max_age=RECEIPT_AGE)
    if not code:
        return redirect("residents:follow_enter")
    context = {"programme": programme, "code": code, "address": visitors.where_to_fill_in(request)}
    response = render(request, "residents/input_thanks.html", context)
    return visitors.keep_private(response)
