"""The job that makes a new version of the reference values: the newest national year of each indicator and kind of area."""

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from dashboards import arrays, indexes, references
from dashboards.levels import FIRST_MONTH
from dashboards.models import ReferenceVersion, TrendRule
from dashboards.scores.rules import rules
from wijkaanpak.accounts.models import User
from wijkaanpak.indicators.models import Indicator
from wijkaanpak.journal import events, jobs


def make(run: jobs.Run) -> None:
    """Read a year at a time, newest first, until every reference is found; the version appears as a whole or not at all."""
    last_year = run.payload.get("last_year") or FIRST_MONTH
    catalogue = list(Indicator.objects.select_related("theme"))
    rule = rules(catalogue, TrendRule.objects.all())
    wanted = [indicator.pk for group in indexes.themes(catalogue) for indicator in group.indicators]
    parts = sorted({part for key in wanted for part in (key, rule[key].numerator, rule[key].denominator) if part})
    years = sorted({period for _indicator, period in arrays.known_periods(parts) if period <= min(last_year, FIRST_MONTH - 1)}, reverse=True)
    areas = arrays.every_area()
    normals: indexes.Normals = {}
    for done, year in enumerate(years):
        run.step(done, len(years), _("Mean and deviation of %(year)s") % {"year": year})
        normals |= indexes.missing_normals(indexes.years(rule, wanted, [year], areas), areas, wanted, normals)
        if len(normals) == len(wanted) * len(indexes.KINDS):
            break
    if not normals:
        raise jobs.JobRefused(_("There are no national figures to take a mean of (80 % of the inhabitants of the country)."))
    with run.finishing() as result:
        result["version"] = _write(normals, run)


def _write(normals: indexes.Normals, run: jobs.Run) -> int:
    at, by = timezone.now(), User.objects.filter(pk=run.job.requested_by_id).first()
    number = (ReferenceVersion.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    made = ReferenceVersion.objects.create(number=number, reason=run.payload["reason"], made_by=by, made_at=at, is_in_force=number == 1)
    references.keep(normals, number, at)
    events.record("references.made", about=made, by=by)
    return number
