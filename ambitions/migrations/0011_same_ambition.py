from django.db import migrations


def of_same_ambition(part):
    """A measure and its goal or commitment are of one ambition: the database compares the pair."""
    name = f"measure_{part}_of_same_ambition"
    return migrations.RunSQL(
        f"ALTER TABLE ambitions_measure ADD CONSTRAINT {name} FOREIGN KEY ({part}_id, ambition_id) REFERENCES ambitions_{part} (id, ambition_id)",
        f"ALTER TABLE ambitions_measure DROP CONSTRAINT {name}",
    )


class Migration(migrations.Migration):
    dependencies = [("ambitions", "0010_measures"), ("journal", "0002_append_only")]
    operations = [
        of_same_ambition("goal"),
        of_same_ambition("commitment"),
        migrations.RunSQL(
            "CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON ambitions_lesson FOR EACH ROW EXECUTE FUNCTION refuse_change()",
            "DROP TRIGGER append_only ON ambitions_lesson",
        ),
    ]
