from django.db import migrations

from claims.folding import INVISIBLE, text_key


def fill(apps, editor):
    for model, text, key in (
        ("Claim", "text", "text_key"),
        ("Speaker", "name", "name_key"),
        ("SpeakerAlias", "name", "name_key"),
    ):
        objects = apps.get_model("claims", model).objects
        for pk, written in objects.values_list("pk", text).iterator():
            if INVISIBLE.search(written):
                objects.filter(pk=pk).update(**{key: text_key(written)})


class Migration(migrations.Migration):
    dependencies = [("claims", "0014_note_translations")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
