import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

RELEASED_BY_ITS_WRITER = [
    "UPDATE actors_perspective SET released_by_id = written_by_id",
    "SET CONSTRAINTS ALL IMMEDIATE",  # or the column below cannot change in the same transaction
]


def person(name):
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name=name)


def part(name):
    return models.TextField(blank=True, max_length=1200, verbose_name=name)


class Migration(migrations.Migration):
    """What was written so far was read by everybody: each version becomes a released one under the number it had."""

    dependencies = [
        ("actors", "0001_initial"),
        ("journal", "0002_append_only"),
        ("neighbourhoods", "0002_themes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="perspective", name="perspective_one_current"),
        migrations.RemoveField(model_name="perspective", name="replaced_at"),
        migrations.RenameField(model_name="perspective", old_name="written_at", new_name="released_at"),
        migrations.AlterField(
            model_name="perspective", name="released_at",
            field=models.DateTimeField(default=django.utils.timezone.now, verbose_name="released on"),
        ),
        migrations.AddField(
            model_name="perspective", name="released_by",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="released by"),
        ),
        migrations.RunSQL(RELEASED_BY_ITS_WRITER, migrations.RunSQL.noop),
        migrations.AlterField(model_name="perspective", name="released_by", field=person("released by")),
        migrations.AlterField(
            model_name="perspective", name="programme",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="perspectives", to="neighbourhoods.programme", verbose_name="programme"),
        ),
        migrations.AlterField(
            model_name="perspective", name="organisation",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="perspectives", to="actors.organisation", verbose_name="organisation"),
        ),
        migrations.AddConstraint(
            model_name="perspective",
            constraint=models.CheckConstraint(condition=models.Q(("version__gte", 1)), name="perspective_version_from_one"),
        ),
        migrations.RunSQL(
            "CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON actors_perspective FOR EACH ROW EXECUTE FUNCTION refuse_change()",
            "DROP TRIGGER append_only ON actors_perspective",
        ),
        migrations.CreateModel(
            name="PerspectiveDraft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("goals", part("what we want to reach")),
                ("interests", part("what is at stake for us")),
                ("means", part("what we can bring in")),
                ("limits", part("what we cannot do")),
                ("concerns", part("what worries us")),
                ("edit", models.PositiveIntegerField(default=1, help_text="Rises with every change, so that nobody overwrites or releases what they have not seen.", verbose_name="edit")),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="written on")),
                ("organisation", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="perspective_drafts", to="actors.organisation", verbose_name="organisation")),
                ("programme", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="perspective_drafts", to="neighbourhoods.programme", verbose_name="programme")),
                ("theme", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="neighbourhoods.theme", verbose_name="theme")),
                ("written_by", person("written by")),
            ],
            options={
                "verbose_name": "draft of a perspective",
                "verbose_name_plural": "drafts of perspectives",
                "ordering": ["theme__order", "organisation__name"],
                "constraints": [
                    models.UniqueConstraint(fields=("programme", "organisation", "theme"), name="perspective_draft_once"),
                    models.CheckConstraint(
                        condition=models.Q(("concerns", ""), ("goals", ""), ("interests", ""), ("limits", ""), ("means", ""), _negated=True),
                        name="perspective_draft_says_something", violation_error_message="Write at least one part.",
                    ),
                ],
            },
        ),
    ]
