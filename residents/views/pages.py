"""What residents read: what was asked and done, and the rules of the site."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, render

from residents import quarters
from residents.choices import HouseRule
from residents.models import Contact, ResidentInput
from wijkaanpak.neighbourhoods.models import Programme


@login_not_required
def asked_and_done(request, slug):
    programme = get_object_or_404(Programme.objects.public(), slug=slug)
    years = quarters.years(programme)
    asked_for = request.GET.get("jaar", "")
    year = int(asked_for) if asked_for.isdecimal() and int(asked_for) in years else next(iter(years), None)
    found = quarters.of_year(programme, year) if year else []
    answers = [answer for quarter in found for answer in quarter.answers]
    context = {
        "programme": programme, "years": years, "year": year, "quarters": found, "promises": quarters.promises(answers),
        "total": len(answers),
    }
    return render(request, "residents/asked_and_done.html", context)


@login_not_required
def privacy(request):
    """What the fields themselves declare is what the page says."""
    declared = [*Contact.PURPOSE_AND_RETENTION.values(), *ResidentInput.PURPOSE_AND_RETENTION.values()]
    return render(request, "residents/privacy.html", {"kept": list(dict.fromkeys(declared))})


@login_not_required
def accessibility(request):
    programmes = Programme.objects.public().exclude(contact_email="")
    return render(request, "residents/accessibility.html", {"programmes": programmes})


@login_not_required
def house_rules(request):
    return render(request, "residents/house_rules.html", {"rules": HouseRule.labels})
