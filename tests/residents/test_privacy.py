"""Every field of what residents leave says whether it is personal, and then why and how long it is kept."""

import pytest
from django.apps import apps
from django.db import models

MODELS = list(apps.get_app_config("residents").get_models())


def unclassified(model):
    """Return the fields that are neither declared with purpose and term nor named as not personal."""
    fields = {field.name for field in model._meta.get_fields() if field.concrete}
    return fields ^ (set(model.PURPOSE_AND_RETENTION) | model.NOT_PERSONAL)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_field_is_classified(model):
    assert unclassified(model) == set()


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_personal_field_has_a_purpose_and_a_term(model):
    assert all(len(entry) == 2 and all(map(str, entry)) for entry in model.PURPOSE_AND_RETENTION.values())


def test_no_field_is_both_personal_and_not():
    assert [model for model in MODELS if set(model.PURPOSE_AND_RETENTION) & model.NOT_PERSONAL] == []


def test_a_new_field_without_class_is_found():
    class Contact2(models.Model):
        telephone = models.CharField(max_length=20)
        PURPOSE_AND_RETENTION = {}
        NOT_PERSONAL = frozenset({"id"})

        class Meta:
            app_label = "probe"

        def __str__(self):
            return self.telephone

    assert unclassified(Contact2) == {"telephone"}
