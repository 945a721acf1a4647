from django.db import migrations

FUNCTION = """
CREATE FUNCTION refuse_report_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.state IN ('signed', 'discarded')
       OR ROW(NEW.id, NEW.programme_id, NEW.number, NEW.starts_on, NEW.ends_on, NEW.audience, NEW.document, NEW.fingerprint,
              NEW.replaces_id, NEW.replaces_because, NEW.made_by_id, NEW.made_at)
       IS DISTINCT FROM
          ROW(OLD.id, OLD.programme_id, OLD.number, OLD.starts_on, OLD.ends_on, OLD.audience, OLD.document, OLD.fingerprint,
              OLD.replaces_id, OLD.replaces_because, OLD.made_by_id, OLD.made_at)
    THEN
        RAISE EXCEPTION 'a report is never changed: % refused', TG_OP USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
"""
TRIGGER = """
CREATE TRIGGER report_frozen BEFORE UPDATE OR DELETE ON dashboards_report
FOR EACH ROW EXECUTE FUNCTION refuse_report_change()
"""


class Migration(migrations.Migration):
    dependencies = [("dashboards", "0004_report")]
    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION refuse_report_change()"),
        migrations.RunSQL(TRIGGER, "DROP TRIGGER report_frozen ON dashboards_report"),
    ]
