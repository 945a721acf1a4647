import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('actors', '0002_drafts_and_releases'),
        ('neighbourhoods', '0003_confirmed_links'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SharedPoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sentence', models.CharField(max_length=240, verbose_name='what they share')),
                ('marked_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='marked on')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='withdrawn on')),
            ],
            options={
                'verbose_name': 'shared point',
                'verbose_name_plural': 'shared points',
                'ordering': ['theme__order', 'marked_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Tension',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sentence', models.CharField(max_length=300, verbose_name='what clashes')),
                ('review_on', models.DateField(verbose_name='look at it again on')),
                ('state', models.CharField(choices=[('open', 'open'), ('agreed', 'agreement reached')], default='open', max_length=8, verbose_name='state')),
                ('agreement', models.TextField(blank=True, max_length=1200, verbose_name='agreement')),
                ('agreed_at', models.DateTimeField(blank=True, null=True, verbose_name='agreed on')),
                ('named_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='named on')),
            ],
            options={
                'verbose_name': 'tension',
                'verbose_name_plural': 'tensions',
                'ordering': ['review_on', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='sharedpoint',
            name='marked_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='marked by'),
        ),
        migrations.AddField(
            model_name='sharedpoint',
            name='organisations',
            field=models.ManyToManyField(related_name='shared_points', to='actors.organisation', verbose_name='organisations'),
        ),
        migrations.AddField(
            model_name='sharedpoint',
            name='programme',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shared_points', to='neighbourhoods.programme', verbose_name='programme'),
        ),
        migrations.AddField(
            model_name='sharedpoint',
            name='theme',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='neighbourhoods.theme', verbose_name='theme'),
        ),
        migrations.AddField(
            model_name='tension',
            name='agreed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by'),
        ),
        migrations.AddField(
            model_name='tension',
            name='named_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='named by'),
        ),
        migrations.AddField(
            model_name='tension',
            name='organisations',
            field=models.ManyToManyField(related_name='tensions', to='actors.organisation', verbose_name='organisations'),
        ),
        migrations.AddField(
            model_name='tension',
            name='owner',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tensions', to=settings.AUTH_USER_MODEL, verbose_name='owner'),
        ),
        migrations.AddField(
            model_name='tension',
            name='programme',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tensions', to='neighbourhoods.programme', verbose_name='programme'),
        ),
        migrations.AddField(
            model_name='tension',
            name='theme',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='neighbourhoods.theme', verbose_name='theme'),
        ),
        migrations.AddConstraint(
            model_name='sharedpoint',
            constraint=models.CheckConstraint(condition=models.Q(('sentence', ''), _negated=True), name='shared_point_has_sentence'),
        ),
        migrations.AddConstraint(
            model_name='tension',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'agreed'])), name='tension_state_known'),
        ),
        migrations.AddConstraint(
            model_name='tension',
            constraint=models.CheckConstraint(condition=models.Q(('sentence', ''), _negated=True), name='tension_has_sentence'),
        ),
        migrations.AddConstraint(
            model_name='tension',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('agreed_at', None), ('agreed_by', None), ('agreement', ''), ('state', 'open')), models.Q(('agreed_at__isnull', False), ('agreed_by__isnull', False), ('state', 'agreed'), models.Q(('agreement', ''), _negated=True)), _connector='OR'), name='tension_agreed_has_agreement'),
        ),
    ]
