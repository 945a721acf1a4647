from django.db import migrations

# checked at the end of the transaction: the row comes before the organisations it concerns
FUNCTION = """
CREATE FUNCTION {table}_concerns_two() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    about bigint;
BEGIN
    IF TG_TABLE_NAME = '{table}' THEN about := NEW.id; ELSE about := OLD.{column}; END IF;
    IF EXISTS (SELECT 1 FROM {table} WHERE id = about)
       AND (SELECT count(*) FROM {table}_organisations WHERE {column} = about) < 2 THEN
        RAISE EXCEPTION '{table} %: fewer than two organisations', about USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$
"""
TRIGGER = """
CREATE CONSTRAINT TRIGGER concerns_two AFTER {moment} ON {on}
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION {table}_concerns_two()
"""


def between_two(table, column):
    links = f"{table}_organisations"
    return [
        migrations.RunSQL(FUNCTION.format(table=table, column=column), f"DROP FUNCTION {table}_concerns_two()"),
        migrations.RunSQL(TRIGGER.format(moment="INSERT", on=table, table=table), f"DROP TRIGGER concerns_two ON {table}"),
        migrations.RunSQL(TRIGGER.format(moment="UPDATE OR DELETE", on=links, table=table), f"DROP TRIGGER concerns_two ON {links}"),
    ]


class Migration(migrations.Migration):
    dependencies = [("actors", "0003_tensions_and_shared_points")]
    operations = [*between_two("actors_tension", "tension_id"), *between_two("actors_sharedpoint", "sharedpoint_id")]
