import uuid

from django.db import migrations

# The same in every installation, so that sites can exchange verdicts on the default scale.
DEFAULT_SCALE = uuid.UUID("6f0b3a52-6d39-4f0c-9b1b-6e1f2d1c7a10")

# slug, label, rank (None: inconclusive), definition
RATINGS = [
    ("false", "False", 1, "The claim is not accurate, and nothing of substance in it holds."),
    ("mostly-false", "Mostly false", 2, "The claim holds a grain of truth but leaves a wrong impression."),
    ("half-true", "Half true", 3, "About as much of the claim holds as does not, or it leaves out what matters."),
    ("mostly-true", "Mostly true", 4, "The claim holds, but needs clarification or more information."),
    ("true", "True", 5, "The claim is accurate, and nothing that matters is missing."),
    ("unproven", "Unproven", None, "What is publicly known neither bears the claim out nor refutes it."),
    ("not-checkable", "Not checkable", None, "An opinion, a wish or a guess: no evidence could settle it."),
]


def create(apps, editor):
    scale = apps.get_model("claims", "RatingScale").objects.create(
        uid=DEFAULT_SCALE,
        slug="truth",
        name="Truth scale",
        description="How far a claim is borne out by what is publicly known. Five steps, and two answers for what "
        "cannot be placed on them.",
    )
    for slug, label, rank, definition in RATINGS:
        apps.get_model("claims", "Rating").objects.create(
            scale=scale, slug=slug, label=label, rank=rank, conclusive=rank is not None, definition=definition
        )


class Migration(migrations.Migration):
    dependencies = [("claims", "0002_guard_the_record")]

    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
