from django.db import migrations

THEMES = [
    ("housing", "Wonen", "De woningen en wie er terechtkan."),
    ("safety", "Veiligheid en overlast", "Of mensen veilig zijn en zich veilig voelen."),
    ("health", "Zorg en gezondheid", "Lichamelijke en geestelijke gezondheid, en hulp die past."),
    ("participation", "Meedoen en werk", "Werk, leren en meedoen."),
    ("subsistence", "Bestaanszekerheid", "Rondkomen, schulden, armoede en verslaving."),
    ("cohesion", "Sociale samenhang", "Elkaar kennen, voor zichzelf en voor elkaar zorgen."),
    ("environment", "Fysieke omgeving", "Straten, pleinen, groen en afval."),
    ("facilities", "Voorzieningen", "Winkels, scholen, huisartsen en plekken om elkaar te ontmoeten."),
]


def add_themes(apps, schema_editor):
    model = apps.get_model("neighbourhoods", "Theme")
    for order, (slug, name, description) in enumerate(THEMES, start=1):
        model.objects.get_or_create(slug=slug, defaults={"name": name, "description": description, "order": order})


class Migration(migrations.Migration):
    dependencies = [("neighbourhoods", "0001_initial")]
    operations = [migrations.RunPython(add_themes, migrations.RunPython.noop)]
