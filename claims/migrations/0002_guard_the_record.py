from django.db import migrations

from claims.models.guards import install_guards, remove_guards


class Migration(migrations.Migration):
    dependencies = [("claims", "0001_initial")]

    operations = [
        migrations.RunPython(
            lambda apps, editor: install_guards(editor.connection),
            lambda apps, editor: remove_guards(editor.connection),
        )
    ]
