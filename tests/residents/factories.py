import datetime
import uuid

import factory
from django.utils import timezone

from residents import codes
from residents.choices import EndState, HouseRule, InputKind, InputState
from residents.models import Answer, Contact, InputLink, ResidentInput
from tests.accounts.factories import UserFactory
from tests.actors.factories import OrganisationFactory
from tests.ambitions.factories import CommitmentFactory, in_days
from tests.neighbourhoods.factories import ProgrammeFactory

FIRST_ANSWERS = [EndState.WILL_DO, EndState.DONE, EndState.KNOWN, EndState.CANNOT]


class ResidentInputFactory(factory.django.DjangoModelFactory):
    """An input awaiting moderation in a public programme.

    Traits `awaiting`, `held`, `published`, `refused`, `spam`, `handed_over` (to an organisation of the programme), `overdue`
    (published, three days late) and `answered` (published, with a current answer). `code` is known: `codes.code_of(made)`.
    """

    class Meta:
        model = ResidentInput
        skip_postgeneration_save = True

    class Params:
        moderated = factory.Trait(
            moderated_by=factory.SubFactory(UserFactory), moderated_at=factory.LazyFunction(timezone.now)
        )
        awaiting = factory.Trait(state=InputState.AWAITING)
        held = factory.Trait(state=InputState.HELD, spam_score=5, spam_reasons=["trap"])
        published = factory.Trait(moderated=True, state=InputState.PUBLISHED, public_text=factory.SelfAttribute("text"))
        refused = factory.Trait(moderated=True, state=InputState.NOT_PUBLISHED, house_rule=HouseRule.PERSONAL)
        spam = factory.Trait(moderated=True, state=InputState.SPAM)
        handed_over = factory.Trait(
            published=True,
            organisation=factory.LazyAttribute(lambda made: OrganisationFactory(in_programme=made.programme)),
            handed_over_at=factory.LazyFunction(timezone.now),
        )
        overdue = factory.Trait(published=True, answer_due_on=factory.LazyFunction(lambda: in_days(-3)))
        answered = factory.Trait(published=True, answered_at=factory.LazyFunction(timezone.now))

    programme = factory.SubFactory(ProgrammeFactory, is_public=True)
    kind = InputKind.IDEA
    text = factory.Sequence(lambda n: f"Zet een bank bij de vijver, dan blijven mensen even zitten ({n}).")
    form_key = factory.LazyFunction(uuid.uuid4)
    code_hash = factory.LazyAttribute(lambda made: codes.fingerprint(codes.code_for(made.form_key)))
    received_at = factory.LazyFunction(lambda: timezone.now() - datetime.timedelta(days=4))
    answer_due_on = factory.LazyFunction(lambda: in_days(14))

    @factory.post_generation
    def answer(self, create, extracted):
        if self.answered_at and extracted is None:
            AnswerFactory(input=self, given_at=self.answered_at)


class ContactFactory(factory.django.DjangoModelFactory):
    """A proved address of somebody who wants to hear more; trait `unproved`."""

    class Meta:
        model = Contact

    class Params:
        unproved = factory.Trait(verified_at=None, erase_on=factory.LazyFunction(lambda: in_days(30)))

    input = factory.SubFactory(ResidentInputFactory)
    email = factory.Sequence(lambda n: f"bewoner{n}@voorbeeld.example")
    verified_at = factory.LazyFunction(timezone.now)
    verification_hash = factory.LazyAttribute(
        lambda made: codes.verification_fingerprint(codes.verification_token(made.input.form_key, made.email))
    )
    wants_updates = True
    erase_on = factory.LazyFunction(lambda: in_days(400))


class AnswerFactory(factory.django.DjangoModelFactory):
    """The current answer of an organisation; the end states take turns."""

    class Meta:
        model = Answer

    input = factory.SubFactory(ResidentInputFactory, published=True)
    end_state = factory.Iterator(FIRST_ANSWERS)
    reason = "Volgende maand zetten we er een bank neer."
    organisation = factory.LazyAttribute(lambda made: OrganisationFactory(in_programme=made.input.programme))
    given_by = factory.SubFactory(UserFactory)


class InputLinkFactory(factory.django.DjangoModelFactory):
    """A published input tied to a commitment in the same programme."""

    class Meta:
        model = InputLink

    input = factory.SubFactory(ResidentInputFactory, published=True)
    commitment = factory.SubFactory(CommitmentFactory, started=True, in_programme=factory.SelfAttribute("..input.programme"))
    linked_by = factory.SubFactory(UserFactory)
