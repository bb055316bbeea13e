from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0015_text_keys_without_invisible_characters"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="publishedclaim",
            index=models.Index(
                models.F("kind"), models.OrderBy(models.F("first_sequence"), descending=True), name="claim_by_kind"
            ),
        ),
    ]
