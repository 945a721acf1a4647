"""What happened, written in the same transaction as the change itself."""

from wijkaanpak.journal.models import Event


def record(kind, *, about, by=None, programme=None, old=None, new=None, name=""):
    """Write an event about an object; `kind` is "noun.verb" in the past tense ("commitment.agreed").

    `name` is what people call the object, when its own text would not do.
    """
    return Event.objects.create(
        kind=kind,
        actor_id=getattr(by, "pk", None),
        actor_name=str(by) if getattr(by, "pk", None) else "",
        subject_type=about._meta.label_lower,
        subject_id=about.pk,
        subject_name=(name or str(about))[:300],
        programme_id=getattr(programme, "pk", programme),
        old=old or {},
        new=new or {},
    )
