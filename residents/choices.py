from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class InputKind(models.TextChoices):
    IDEA = "idea", _("idea")
    CONCERN = "concern", _("concern")
    QUESTION = "question", _("question")
    COMPLIMENT = "compliment", _("compliment")


class InputState(models.TextChoices):
    HELD = "held", _("held as possible spam")
    AWAITING = "awaiting", _("waiting for moderation")
    PUBLISHED = "published", _("published")
    NOT_PUBLISHED = "not_published", _("not published")
    SPAM = "spam", _("spam")


class Channel(models.TextChoices):
    FORM = "form", _("public form")
    PHONE = "phone", _("telephone")
    STREET = "street", _("street or market")
    DOOR = "door", _("door to door")
    PAPER = "paper", _("paper")


class HouseRule(models.TextChoices):
    PERSONAL = "personal", _("it names or points at a person")
    OFFENSIVE = "offensive", _("it insults or threatens")
    ADVERTISING = "advertising", _("it is advertising")
    UNCLEAR = "unclear", _("we do not understand it")
    ELSEWHERE = "elsewhere", _("it is an urgent report for another desk")


class EndState(models.TextChoices):
    """The six public end states; nothing closes without one."""

    WILL_DO = "will_do", _("we will do this")
    DONE = "done", pgettext_lazy("answer", "done")
    PART_OF = "part_of", _("part of an ambition")
    KNOWN = "known", _("already known")
    CANNOT = "cannot", _("not possible")
    ELSEWHERE = "elsewhere", _("not ours: passed on")


END_STATE_SIGNS: dict[str, str] = {
    EndState.WILL_DO: "safe",
    EndState.DONE: "done",
    EndState.PART_OF: "info",
    EndState.KNOWN: "info",
    EndState.CANNOT: "warning",
    EndState.ELSEWHERE: "info",
}


class Recognised(models.TextChoices):
    """Whether a resident recognises what a figure says."""

    YES = "yes", _("yes")
    A_BIT = "a_bit", _("a bit")
    NO = "no", _("no")
