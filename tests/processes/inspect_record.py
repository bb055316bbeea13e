"""Print the record as JSON, and what its newest documents show: `python -m tests.processes.inspect_record`."""

import json

import django

django.setup()

from claims.models import Edition, PublishedClaim, PublishedEntity  # noqa: E402


def main() -> None:
    editions = Edition.objects.order_by("sequence").values_list("sequence", "digest", "slug")
    claims = PublishedClaim.objects.values_list("edition__document", flat=True)
    shown = [json.loads(document)["speaker"]["name"] for document in claims]
    names = PublishedEntity.objects.filter(kind="speaker").values_list("name", flat=True)
    print(json.dumps({"editions": list(editions), "names": list(names), "shown": shown}))


if __name__ == "__main__":
    main()
