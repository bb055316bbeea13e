from django.db import migrations

from claims.folding import text_key
from claims.models.guards import install_guards


def fill(apps, editor):
    for model in ("Speaker", "SpeakerAlias"):
        named = apps.get_model("claims", model).objects
        for pk, name in named.values_list("pk", "name").iterator():
            named.filter(pk=pk).update(name_key=text_key(name))


class Migration(migrations.Migration):
    dependencies = [("claims", "0007_imported_claims_and_speakers_by_name")]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunPython(lambda apps, editor: install_guards(editor.connection), migrations.RunPython.noop),
    ]
