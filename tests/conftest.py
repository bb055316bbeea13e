"""Fixtures that every part of the suite may use."""

import pytest

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
