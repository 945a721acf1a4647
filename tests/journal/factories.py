import datetime

import factory
from django.utils import timezone

from wijkaanpak.journal.models import Event, Job, Mail


class EventFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Event

    kind = "programme.changed"
    subject_type = "neighbourhoods.programme"
    subject_id = 1
    subject_name = "Voorbeeldwijk"
    actor_name = "Persoon"


class JobFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Job

    class Params:
        running = factory.Trait(
            state="running",
            token=factory.Faker("uuid4"),
            lease_until=factory.LazyFunction(lambda: timezone.now() + datetime.timedelta(seconds=60)),
        )

    kind = "test.count"
    key = factory.Sequence(str)


class MailFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Mail

    key = factory.Sequence(lambda n: f"mail-{n}")
    to = "persoon@voorbeeld.example"
    subject = "Voorbeeldwijk: bericht"
    text = "Dag,\n\nDit is een bericht.\n"
    purpose = "test"
