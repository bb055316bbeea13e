from django.db import migrations

from claims.folding import text_key
from claims.models.guards import install_guards


def fill(apps, editor):
    claims = apps.get_model("claims", "Claim").objects
    for pk, text in claims.values_list("pk", "text").iterator():
        claims.filter(pk=pk).update(text_key=text_key(text))


class Migration(migrations.Migration):
    dependencies = [("claims", "0004_partners_imports_webhooks")]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunPython(lambda apps, editor: install_guards(editor.connection), migrations.RunPython.noop),
    ]
