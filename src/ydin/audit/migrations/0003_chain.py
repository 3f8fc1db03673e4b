"""Whom an act belongs to, by reference without foreign keys; and the chain that seals entries."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0002_append_only"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Link",
            fields=[
                ("position", models.BigIntegerField(primary_key=True, serialize=False)),
                ("digest", models.CharField(max_length=64)),
                ("sealed_at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name="Waiting",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="audit.entry",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "waiting",
            },
        ),
        migrations.AddField(
            model_name="entry",
            name="of_enterprise",
            field=models.BigIntegerField(help_text="the company whose people are told", null=True),
        ),
        migrations.AddField(
            model_name="entry",
            name="of_group",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="entry",
            name="of_network",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="entry",
            name="of_person",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                help_text="whom it concerns",
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="entry",
            name="readers",
            field=models.CharField(default="own", max_length=10),
        ),
        migrations.AlterField(
            model_name="entry",
            name="actor",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["of_group", "-at"], name="entry_of_group"),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["of_network", "-at"], name="entry_of_network"),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["of_enterprise", "-at"], name="entry_of_enterprise"),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["of_person", "-at"], name="entry_of_person"),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["actor", "-at"], name="entry_of_actor"),
        ),
        migrations.AddField(
            model_name="link",
            name="entry",
            field=models.OneToOneField(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="link",
                to="audit.entry",
            ),
        ),
    ]
