from django.db import migrations

# An organisation leaves a programme only when nothing open of it is left there.
OPEN = """
CREATE FUNCTION refuse_leaving_open_things() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    here CONSTANT bigint := NEW.programme_id;
    leaver CONSTANT bigint := NEW.organisation_id;
BEGIN
    IF NEW.until IS NOT NULL AND OLD.until IS DISTINCT FROM NEW.until
       AND (
           EXISTS (SELECT FROM ambitions_commitment promise JOIN ambitions_ambition ambition ON ambition.id = promise.ambition_id
                   WHERE promise.organisation_id = leaver AND promise.ended_at IS NULL AND ambition.programme_id = here)
           OR EXISTS (SELECT FROM residents_residentinput said WHERE said.organisation_id = leaver AND said.programme_id = here
                      AND said.answered_at IS NULL AND said.state IN ('held', 'awaiting', 'published'))
           OR EXISTS (SELECT FROM actors_agreementparty party JOIN actors_agreement agreement ON agreement.id = party.agreement_id
                      WHERE party.organisation_id = leaver AND party.until IS NULL AND agreement.programme_id = here
                      AND agreement.ended_on IS NULL AND (agreement.ends_on IS NULL OR agreement.ends_on >= NEW.until))
           OR EXISTS (SELECT FROM actors_tension_organisations side JOIN actors_tension tension ON tension.id = side.tension_id
                      WHERE side.organisation_id = leaver AND tension.programme_id = here AND tension.state = 'open')
       )
    THEN
        RAISE EXCEPTION 'an organisation with open things leaves: say first who takes them over' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER nothing_open_behind BEFORE UPDATE OF until ON actors_participation
    FOR EACH ROW EXECUTE FUNCTION refuse_leaving_open_things()
"""
NOT_OPEN = "DROP TRIGGER nothing_open_behind ON actors_participation; DROP FUNCTION refuse_leaving_open_things()"


class Migration(migrations.Migration):
    dependencies = [
        ("dashboards", "0012_nothing_without_owner"),
        ("actors", "0008_part_of"),
        ("ambitions", "0017_participation_and_review"),
        ("residents", "0002_recognition"),
    ]
    operations = [migrations.RunSQL(OPEN, NOT_OPEN)]
