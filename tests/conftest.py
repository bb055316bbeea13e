"""Fixtures that every part of the suite may use."""

from collections.abc import Iterator

import pytest
from django.conf import LazySettings
from django.urls import clear_url_caches

from claims.domain import rates, usage
from claims.models import Claim
from tests import factories


@pytest.fixture
def claim(db: None) -> Claim:
    """A draft with nothing but what a claim must have."""
    return factories.ClaimFactory.create()


@pytest.fixture
def full_claim(db: None) -> Claim:
    """A draft with everything that a claim can have."""
    return factories.full_claim()


@pytest.fixture
def korean_newsroom(settings: LazySettings) -> Iterator[None]:
    """A site whose own language is Korean. Addresses are kept by language, as if that never changed."""
    settings.LANGUAGE_CODE = "ko"
    clear_url_caches()
    yield
    clear_url_caches()


@pytest.fixture
def fresh_counts(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nothing counted yet, as in a process that has just started; and nothing left to write at its end."""
    monkeypatch.setattr(usage, "LATEST", 3600)  # no thread writes beside a test
    rates.forget_all()
    usage.forget_all()
    yield
    rates.forget_all()
    usage.forget_all()
