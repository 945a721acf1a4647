"""Following an input with its code."""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from residents import chain, codes, contacts, limits
from residents.forms.follow import CodeForm
from residents.models import ResidentInput
from residents.views import visitors

MISSES = 20


class TooManyMisses(Exception):
    """Somebody is guessing codes."""


def _find(request, typed):
    """Return the input behind a code; a miss is counted. Raises TooManyMisses and Http404."""
    if limits.counted("code", visitors.address(request)) >= MISSES:
        raise TooManyMisses
    found = ResidentInput.objects.behind_code(codes.fingerprints(typed)).first()
    if found is None:
        limits.count("code", visitors.address(request))
        raise Http404
    return found


def with_code(view):
    """Give a view the input behind the code in the address, and keep its answer private."""

    @login_not_required
    @wraps(view)
    def wrapped(request, code, **kwargs):
        try:
            found = _find(request, code)
        except TooManyMisses:
            response = _ask(request, CodeForm(), status=429, blocked=True)
        except Http404:
            response = _ask(request, CodeForm(initial={"code": code}), status=404, unknown=True)
        else:
            response = view(request, found, **kwargs)
        return visitors.keep_private(response)

    return wrapped


def _ask(request, form, *, status=200, unknown=False, blocked=False):
    context = {"form": form, "unknown": unknown, "blocked": blocked}
    return render(request, "residents/follow_enter.html", context, status=status)


@login_not_required
def follow_enter(request):
    """Where a code is typed; capitals, spaces and dashes do not matter."""
    form = CodeForm(request.POST or None)
    if not form.is_valid():
        return _ask(request, form, status=422 if form.is_bound else 200)
    try:
        found = _find(request, form.cleaned_data["code"])
    except TooManyMisses:
        return _ask(request, form, status=429, blocked=True)
    except Http404:
        form.add_error("code", _("We do not know this code. Check the letters and try again."))
        return _ask(request, form, status=422)
    return redirect("residents:follow", codes.code_of(found))


@with_code
def follow(request, resident_input):
    """The state in one sentence, the answer, and the chain of account behind it."""
    answers = list(resident_input.answers.select_related("organisation", "ambition"))
    current = next((answer for answer in answers if answer.replaced_at is None), None)
    context = {
        "programme": resident_input.programme, "input": resident_input, "code": codes.code_of(resident_input),
        "contact": getattr(resident_input, "contact", None),
        "answer": current, "earlier": [answer for answer in answers if answer.replaced_at is not None],
        "steps": chain.of(resident_input, current),
    }
    return render(request, "residents/follow.html", context)


@with_code
def verify_mail(request, resident_input, token):
    """The link in the first mail: looking changes nothing, the button does."""
    contact, code = getattr(resident_input, "contact", None), codes.code_of(resident_input)
    if request.method == "POST" and contact is not None:
        try:
            contacts.verify(contact, token=token)
        except ValidationError as error:
            messages.error(request, error.message)
        else:
            messages.success(request, _("Thank you. From now on you hear what is done with your input."))
        return redirect("residents:follow", code)
    context = {
        "programme": resident_input.programme, "contact": contact, "code": code,
        "proves": contact is not None and contacts.proves(contact, token),
    }
    return render(request, "residents/verify_mail.html", context)


@csrf_exempt  # mail programs press the button without our cookie; the code in the address is the proof
@with_code
def unsubscribe(request, resident_input):
    """No more mail; looking changes nothing, the button does: ours, or that of the mail program (RFC 8058)."""
    contact, code = getattr(resident_input, "contact", None), codes.code_of(resident_input)
    if request.method == "POST" and contact is not None:
        contacts.unsubscribe(contact)
        if request.POST.get("List-Unsubscribe") == "One-Click":
            return HttpResponse(_("You get no more mail about this input."), content_type="text/plain")
        messages.success(request, _("You get no more mail about this input."))
        return redirect("residents:follow", code)
    context = {"programme": resident_input.programme, "contact": contact, "code": code}
    return render(request, "residents/unsubscribe.html", context)


@require_POST
@with_code
def erase_contact(request, resident_input):
    """Erase the mail address at once."""
    if contacts.erase(resident_input):
        messages.success(request, _("Your mail address is erased. Your input and your code stay."))
    return redirect("residents:follow", codes.code_of(resident_input))
