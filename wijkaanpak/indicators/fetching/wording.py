"""What the page says about a service that fails: why, and what to do."""

from django.utils.translation import gettext_lazy

from wijkaanpak.indicators.choices import FetchProblem

REASONS = {
    FetchProblem.UNREACHABLE: gettext_lazy("The service cannot be reached."),
    FetchProblem.BUSY: gettext_lazy("The service is out of order or too busy."),
    FetchProblem.REFUSED: gettext_lazy("The service refuses our question."),
    FetchProblem.GONE: gettext_lazy("The service or the table is not at this address any more."),
    FetchProblem.UNREADABLE: gettext_lazy("The service answered something we cannot read."),
    FetchProblem.EMPTY: gettext_lazy("The service answered without figures."),
    FetchProblem.TOO_LARGE: gettext_lazy("The answer is larger than we can take in."),
    FetchProblem.CHANGED: gettext_lazy("The publisher renewed the table while we were fetching it."),
    FetchProblem.FAULT: gettext_lazy("The service answered, but something went wrong here."),
}
ADVICE = {
    FetchProblem.UNREACHABLE: gettext_lazy("Tonight we try again. If it lasts for days, ask your administrator whether the server may reach this address."),
    FetchProblem.BUSY: gettext_lazy("Tonight we try again; you need not do anything."),
    FetchProblem.REFUSED: gettext_lazy("Ask your administrator to look; a download can be brought in by hand."),
    FetchProblem.GONE: gettext_lazy("Ask your administrator whether the address has changed; a download can be brought in by hand."),
    FetchProblem.UNREADABLE: gettext_lazy("Tonight we try again. If it lasts for days, ask your administrator to look."),
    FetchProblem.EMPTY: gettext_lazy("Check the municipality under Settings; perhaps it has merged or has another code."),
    FetchProblem.TOO_LARGE: gettext_lazy("Choose one municipality under Settings."),
    FetchProblem.CHANGED: gettext_lazy("Tonight we fetch the renewed table; you need not do anything."),
    FetchProblem.FAULT: gettext_lazy("Ask your administrator to look under Jobs."),
}


def reason(problem: str) -> str:
    return str(REASONS[FetchProblem(problem)])


def advice(problem: str) -> str:
    return str(ADVICE[FetchProblem(problem)])

