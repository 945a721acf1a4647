from django.db import migrations

TABLES = ["dashboards_decision", "dashboards_decisionreview", "dashboards_paper"]
FUNCTION = """
CREATE FUNCTION refuse_closed_meeting() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    touched bigint := CASE WHEN TG_OP = 'DELETE' THEN OLD.meeting_id ELSE NEW.meeting_id END;
BEGIN
    IF EXISTS (SELECT FROM dashboards_meeting WHERE id = touched AND closed_at IS NOT NULL) THEN
        RAISE EXCEPTION 'the meeting is closed: % refused', TG_OP USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$
"""
TRIGGER = """
CREATE TRIGGER meeting_closed BEFORE INSERT OR UPDATE OR DELETE ON dashboards_agendaitem
    FOR EACH ROW EXECUTE FUNCTION refuse_closed_meeting();
CREATE TRIGGER meeting_closed BEFORE INSERT ON dashboards_decision
    FOR EACH ROW EXECUTE FUNCTION refuse_closed_meeting()
"""
NO_TRIGGER = """
DROP TRIGGER meeting_closed ON dashboards_agendaitem;
DROP TRIGGER meeting_closed ON dashboards_decision
"""


def append_only(table):
    return migrations.RunSQL(
        f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change()",
        f"DROP TRIGGER append_only ON {table}",
    )


class Migration(migrations.Migration):
    dependencies = [("dashboards", "0009_meetings"), ("journal", "0002_append_only")]
    operations = [
        *(append_only(table) for table in TABLES),
        migrations.RunSQL(FUNCTION, "DROP FUNCTION refuse_closed_meeting()"),
        migrations.RunSQL(TRIGGER, NO_TRIGGER),
    ]
