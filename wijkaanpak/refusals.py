"""What a view does with what the domain refuses: it becomes an error of the form, and the answer is 422."""

from django.core.exceptions import ValidationError


def attempt(form, action, *subjects, **values):
    """Do a domain action and return what it gives, True for nothing; False when it refuses.

    A form may name in `field_of` the field that a refusal is about, by its code.
    """
    try:
        return action(*subjects, **values) or True
    except ValidationError as error:
        form.add_error(getattr(form, "field_of", {}).get(getattr(error, "code", None)), error)
        return False


def status_of(form):
    return 422 if form.is_bound and not form.is_valid() else 200
