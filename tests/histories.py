"""A small record in which everything has happened that can happen to public objects."""

from typing import TypeVar

from django.db import connection

from claims.domain import indexing, publishing
from claims.models import (
    Appearance,
    Claim,
    Edition,
    Publishable,
    PublishedClaim,
    PublishedEntity,
    PublishedName,
    PublishedReference,
)
from claims.models.guards import install_guards, remove_guards
from tests import factories

P = TypeVar("P", bound=Publishable)


def changed(item: P, **fields: object) -> P:
    """`item` with `fields` saved on the desk, and not published."""
    for name, value in fields.items():
        setattr(item, name, value)
    item.save()
    return item


def eventful() -> Claim:
    """Publish, update, correct, retract, publish again, rename and move to other slugs. Returns the main claim."""
    claim, related = factories.full_claim(slug="main"), factories.ForecastFactory.create(slug="related")
    factories.ClaimRelationFactory.create(claim=claim, target=related)
    publishing.publish_all([claim, related], by="ed")
    publishing.publish(changed(claim, text="It will be so."), by="ed", note="Clearer.")
    _correct(claim)
    publishing.retract(related, by="ed", reason="It was never said.")
    publishing.publish(related, by="ed")
    publishing.publish(claim, by="ed")
    _rename_what_is_named(claim)
    _swap_slugs(claim, related)
    _retract_a_topic(claim)
    page = factories.PageFactory.create(slug="about")
    publishing.publish(page, by="ed")
    publishing.correct(changed(page, body="We are *three*."), by="ed", reason="We are more.")
    gone = factories.ClaimFactory.create(slug="gone", speaker=claim.speaker)
    publishing.publish(gone, by="ed")
    publishing.retract(gone, by="ed", reason="It was a joke.")
    return claim


def _correct(claim: Claim) -> None:
    claim.verdict.rating = factories.rating("mostly-false")
    claim.verdict.save()
    publishing.correct(claim, by="ed", reason="We misread the table.")


def _rename_what_is_named(claim: Claim) -> None:
    publishing.publish(changed(claim.speaker, name="Another name"), by="ed")
    organisation = claim.speaker.affiliations.get().organisation
    publishing.publish(changed(organisation, name="Another ministry", slug="another-ministry"), by="ed")
    source = Appearance.objects.filter(claim=claim)[0].source
    publishing.publish(changed(source, title="Another title", slug="another-title"), by="ed")
    scale = claim.verdict.rating.scale
    scale.ratings.filter(slug="mostly-false").update(definition="Hardly.")
    publishing.publish(changed(scale, name="Another scale"), by="ed")


def _swap_slugs(claim: Claim, related: Claim) -> None:
    changed(claim, slug="between")
    changed(related, slug="main")
    changed(claim, slug="related")
    publishing.publish_all([claim, related], by="ed")


def _retract_a_topic(claim: Claim) -> None:
    topic = claim.topics.all()[0]
    claim.topics.remove(topic)
    publishing.publish(claim, by="ed")
    publishing.retract(topic, by="ed", reason="Too wide.")


def emptied() -> None:
    """Take the whole record away, as it is on another site that has published nothing. Only tests may."""
    for model in (PublishedReference, PublishedName, PublishedClaim, PublishedEntity):
        model._default_manager.all().delete()
    indexing.forget_all()
    remove_guards(connection)
    Edition.objects.all().delete()
    install_guards(connection)
