from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("ambitions", "0008_reconfirmations"), ("journal", "0002_append_only")]
    operations = [
        migrations.RunSQL(
            "CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON ambitions_confirmation FOR EACH ROW EXECUTE FUNCTION refuse_change()",
            "DROP TRIGGER append_only ON ambitions_confirmation",
        ),
    ]
