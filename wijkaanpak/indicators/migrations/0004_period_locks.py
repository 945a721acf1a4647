import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

# Statement triggers with transition tables: one question per statement, however many rows it writes. The shared advisory
# lock makes a write and a new lock wait for one another, so that neither misses the other.
FUNCTION = """
CREATE FUNCTION refuse_locked_period() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    locked integer;
BEGIN
    PERFORM pg_advisory_xact_lock_shared(720043);
    IF NOT EXISTS (SELECT FROM indicators_periodlock WHERE unlocked_at IS NULL) THEN
        RETURN NULL;
    END IF;
    SELECT figure.period INTO locked
    FROM touched figure JOIN indicators_periodlock l ON l.unlocked_at IS NULL
     AND CASE WHEN figure.period < 100000 THEN l.first <= figure.period * 100 + 1 AND l.last >= figure.period * 100 + 12
              ELSE figure.period BETWEEN l.first AND l.last END
    LIMIT 1;
    IF locked IS NOT NULL THEN
        RAISE EXCEPTION 'the figures of % are locked: % refused', locked, TG_OP USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$
"""
TRIGGERS = """
CREATE TRIGGER observation_locked_insert AFTER INSERT ON indicators_observation
    REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION refuse_locked_period();
CREATE TRIGGER observation_locked_delete AFTER DELETE ON indicators_observation
    REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION refuse_locked_period();
CREATE TRIGGER observation_locked_update_from AFTER UPDATE ON indicators_observation
    REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION refuse_locked_period();
CREATE TRIGGER observation_locked_update_to AFTER UPDATE ON indicators_observation
    REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION refuse_locked_period();
"""
NO_TRIGGERS = """
DROP TRIGGER observation_locked_insert ON indicators_observation;
DROP TRIGGER observation_locked_delete ON indicators_observation;
DROP TRIGGER observation_locked_update_from ON indicators_observation;
DROP TRIGGER observation_locked_update_to ON indicators_observation;
"""
WAIT = """
CREATE FUNCTION wait_for_figures() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(720043);
    RETURN NULL;
END $$;
CREATE TRIGGER period_lock_waits BEFORE INSERT OR UPDATE ON indicators_periodlock
    FOR EACH STATEMENT EXECUTE FUNCTION wait_for_figures();
CREATE TRIGGER period_lock_stays BEFORE DELETE ON indicators_periodlock FOR EACH ROW EXECUTE FUNCTION refuse_change();
"""
NO_WAIT = """
DROP TRIGGER period_lock_stays ON indicators_periodlock;
DROP TRIGGER period_lock_waits ON indicators_periodlock;
DROP FUNCTION wait_for_figures();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("indicators", "0003_replaced_areas"),
        ("journal", "0002_append_only"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PeriodLock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first', models.IntegerField(verbose_name='first month')),
                ('last', models.IntegerField(verbose_name='last month')),
                ('reason', models.CharField(max_length=300, verbose_name='reason')),
                ('locked_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='locked on')),
                ('unlocked_at', models.DateTimeField(blank=True, null=True, verbose_name='opened on')),
                ('unlock_reason', models.CharField(blank=True, max_length=300, verbose_name='reason for opening')),
                ('locked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='locked by')),
                ('unlocked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='opened by')),
            ],
            options={
                'verbose_name': 'locked period',
                'verbose_name_plural': 'locked periods',
                'constraints': [models.CheckConstraint(condition=models.Q(('first__gte', 190001), ('first__lte', models.F('last')), ('last__lte', 299912)), name='period_lock_in_order'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='period_lock_has_reason'), models.CheckConstraint(condition=models.Q(models.Q(('unlock_reason', ''), ('unlocked_at', None)), models.Q(('unlocked_at__isnull', False), models.Q(('unlock_reason', ''), _negated=True)), _connector='OR'), name='period_lock_opened_with_reason')],
            },
        ),
        migrations.RunSQL(FUNCTION, "DROP FUNCTION refuse_locked_period()"),
        migrations.RunSQL(TRIGGERS, NO_TRIGGERS),
        migrations.RunSQL(WAIT, NO_WAIT),
    ]
