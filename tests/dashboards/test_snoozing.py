"""Something of the cockpit is left alone for a while, with a reason, and comes back."""

from urllib.parse import urlencode

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from dashboards import agenda, attention, snoozing
from dashboards.models import Snooze
from tests.ambitions.factories import CommitmentFactory, in_days

pytestmark = pytest.mark.django_db


@pytest.fixture
def alarm(programme):
    CommitmentFactory(in_programme=programme, started=True, what="Lampen vervangen", due_on=in_days(-20))
    return next(row for row in agenda.everything(programme, timezone.localdate()) if row.kind == "late")


def is_quiet(programme, alarm, day):
    return alarm not in snoozing.awake([alarm], attention.snoozes(programme, day))


def test_it_is_quiet_until_the_day_and_comes_back_on_it(programme, coordinator, alarm):
    snoozing.put_off(programme, alarm, until=in_days(10), reason="De aannemer komt dan.", by=coordinator)

    assert is_quiet(programme, alarm, in_days(9))
    assert not is_quiet(programme, alarm, in_days(10))


@pytest.mark.parametrize(("days", "code"), [(0, "past"), (61, "too_long")])
def test_it_can_wait_from_tomorrow_to_sixty_days(programme, coordinator, alarm, days, code):
    with pytest.raises(ValidationError) as refusal:
        snoozing.put_off(programme, alarm, until=in_days(days), reason="Straks.", by=coordinator)

    assert refusal.value.code == code


def test_taking_it_back_makes_it_ask_again(programme, coordinator, alarm):
    snooze = snoozing.put_off(programme, alarm, until=in_days(10), reason="Straks.", by=coordinator)

    snoozing.take_back(snooze, by=coordinator)

    assert not is_quiet(programme, alarm, timezone.localdate())


def test_what_was_put_off_stands_apart_with_its_reason(client, programme, coordinator, alarm):
    client.force_login(coordinator)
    address = f"{reverse('dashboards:attention_put_off', args=['voorbeeldwijk'])}?{urlencode({'soort': 'late', 'wat': alarm.action_url})}"

    client.post(address, {"until": in_days(10).isoformat(), "reason": "De aannemer komt dan."})
    page = client.get(reverse("dashboards:cockpit", args=["voorbeeldwijk"]))

    assert "late" not in {group.kind for group in page.context["groups"]}
    assert "De aannemer komt dan." in page.content.decode()
    assert Snooze.objects.get().what == "Lampen vervangen"


def test_an_alarm_that_is_gone_says_so(client, programme, coordinator):
    client.force_login(coordinator)

    answer = client.get(f"{reverse('dashboards:attention_put_off', args=['voorbeeldwijk'])}?soort=late&wat=/nergens/", follow=True)

    assert "vraagt geen aandacht meer" in answer.content.decode()
