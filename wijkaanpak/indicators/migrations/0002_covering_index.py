from django.db import migrations

COVERING = """
ALTER TABLE indicators_observation DROP CONSTRAINT indicators_observation_pkey,
ADD PRIMARY KEY (indicator_id, period, area_id) INCLUDE (value, status)
"""
PLAIN = """
ALTER TABLE indicators_observation DROP CONSTRAINT indicators_observation_pkey,
ADD PRIMARY KEY (indicator_id, period, area_id)
"""


class Migration(migrations.Migration):
    dependencies = [("indicators", "0001_initial")]
    operations = [migrations.RunSQL(COVERING, PLAIN)]
