from django.db import migrations

TABLES = ["ambitions_ambitionversion", "ambitions_duedate", "ambitions_progressupdate"]


def append_only(table):
    return migrations.RunSQL(
        f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change()",
        f"DROP TRIGGER append_only ON {table}",
    )


class Migration(migrations.Migration):
    dependencies = [("ambitions", "0001_initial"), ("journal", "0002_append_only")]
    operations = [append_only(table) for table in TABLES]
