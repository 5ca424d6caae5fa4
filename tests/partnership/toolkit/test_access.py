import pytest
from django.core.exceptions import PermissionDenied

from partnership.toolkit.access import require


def test_what_is_allowed_goes_on():
    assert require(True) is None


def test_what_is_not_allowed_stops_with_its_sentence():
    with pytest.raises(PermissionDenied, match="Only the chair"):
        require(False, "Only the chair releases minutes.")
