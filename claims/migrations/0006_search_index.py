import django.db.models.deletion
from django.db import migrations, models

import claims.models.search
from claims.models.search import install_index, remove_index

# The index is left empty: `manage.py migrate` fills it when all migrations have run, by the code of that day.


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0005_fill_text_keys"),
    ]

    operations = [
        migrations.CreateModel(
            name="SearchRow",
            fields=[
                (
                    "claim",
                    models.OneToOneField(
                        db_column="rowid",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="search",
                        serialize=False,
                        to="claims.publishedclaim",
                    ),
                ),
                ("tokens", claims.models.search.TokensField(db_column="claims_search")),
                ("edition_id", models.BigIntegerField()),
            ],
            options={
                "db_table": "claims_search",
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="PublishedName",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("speaker", models.BigIntegerField()),
                ("uid", models.UUIDField()),
                ("word", models.CharField(max_length=100)),
                ("alias", models.BooleanField()),
            ],
        ),
        migrations.RemoveField(
            model_name="publishedclaim",
            name="search_text",
        ),
        migrations.AddIndex(
            model_name="publishedclaim",
            index=models.Index(
                models.F("language"),
                models.OrderBy(models.F("first_sequence"), descending=True),
                name="claim_by_language",
            ),
        ),
        migrations.AddIndex(
            model_name="publishedname",
            index=models.Index(models.F("word"), name="name_by_word"),
        ),
        migrations.AddConstraint(
            model_name="publishedname",
            constraint=models.UniqueConstraint(fields=("speaker", "word"), name="published_name_unique"),
        ),
        migrations.RunPython(
            lambda apps, editor: install_index(editor.connection),
            lambda apps, editor: remove_index(editor.connection),
        ),
    ]
