from django.db import migrations

FUNCTION = """
CREATE FUNCTION keep_first_due_date() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the first agreed date of commitment % stays as it is', OLD.id USING ERRCODE = 'integrity_constraint_violation';
END $$
"""
TRIGGER = """
CREATE TRIGGER first_due_date_stays BEFORE UPDATE OF first_due_on ON ambitions_commitment FOR EACH ROW
WHEN (OLD.first_due_on IS NOT NULL AND NEW.first_due_on IS DISTINCT FROM OLD.first_due_on)
EXECUTE FUNCTION keep_first_due_date()
"""


class Migration(migrations.Migration):
    dependencies = [("ambitions", "0003_revision")]
    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION keep_first_due_date()"),
        migrations.RunSQL(TRIGGER, "DROP TRIGGER first_due_date_stays ON ambitions_commitment"),
    ]
