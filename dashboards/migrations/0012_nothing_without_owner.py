from django.db import migrations

FROZEN = """
CREATE FUNCTION refuse_handover_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.closed_at IS NOT NULL OR OLD.stopped_at IS NOT NULL THEN
        RAISE EXCEPTION 'a hand-over that ended is never changed: % refused', TG_OP USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER handover_frozen BEFORE UPDATE OR DELETE ON dashboards_handover FOR EACH ROW EXECUTE FUNCTION refuse_handover_change()
"""
NOT_FROZEN = "DROP TRIGGER handover_frozen ON dashboards_handover; DROP FUNCTION refuse_handover_change()"
# The last role of somebody in a programme ends only when nothing open is in that person's hands there.
OWNED = """
CREATE FUNCTION refuse_leaving_things_open() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    held CONSTANT bigint := OLD.programme_id;
    person CONSTANT bigint := OLD.user_id;
BEGIN
    IF OLD.ended_at IS NULL AND (TG_OP = 'DELETE' OR NEW.ended_at IS NOT NULL)
       AND NOT EXISTS (SELECT FROM neighbourhoods_membership
                       WHERE programme_id = held AND user_id = person AND ended_at IS NULL AND id <> OLD.id)
       AND (
           EXISTS (SELECT FROM ambitions_commitment promise JOIN ambitions_ambition ambition ON ambition.id = promise.ambition_id
                   WHERE promise.owner_id = person AND promise.ended_at IS NULL AND ambition.programme_id = held)
           OR EXISTS (SELECT FROM ambitions_escalation step JOIN ambitions_commitment promise ON promise.id = step.commitment_id
                      JOIN ambitions_ambition ambition ON ambition.id = promise.ambition_id
                      WHERE step.person_id = person AND step.ended_at IS NULL AND ambition.programme_id = held)
           OR EXISTS (SELECT FROM actors_tension WHERE owner_id = person AND programme_id = held)
           OR EXISTS (SELECT FROM dashboards_question
                      WHERE asked_of_id = person AND programme_id = held AND answered_at IS NULL AND withdrawn_at IS NULL)
           OR EXISTS (SELECT FROM dashboards_action WHERE owner_id = person AND programme_id = held AND done_at IS NULL)
           OR EXISTS (SELECT FROM neighbourhoods_moment WHERE owner_id = person AND programme_id = held AND ended_at IS NULL)
       )
    THEN
        RAISE EXCEPTION 'somebody with open things in hand leaves: hand them over first' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER nothing_without_owner BEFORE UPDATE OF ended_at OR DELETE ON neighbourhoods_membership
    FOR EACH ROW EXECUTE FUNCTION refuse_leaving_things_open()
"""
NOT_OWNED = "DROP TRIGGER nothing_without_owner ON neighbourhoods_membership; DROP FUNCTION refuse_leaving_things_open()"


class Migration(migrations.Migration):
    dependencies = [
        ("dashboards", "0011_handovers"),
        ("neighbourhoods", "0004_year_clock"),
        ("actors", "0004_between_two_or_more"),
        ("ambitions", "0011_same_ambition"),
    ]
    operations = [migrations.RunSQL(FROZEN, NOT_FROZEN), migrations.RunSQL(OWNED, NOT_OWNED)]
