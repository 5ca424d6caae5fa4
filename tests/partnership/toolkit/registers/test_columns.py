import pytest

from partnership.toolkit.registers import joined


def test_nothing_to_join_is_said_plainly():
    with pytest.raises(LookupError, match="No room offers anything under this register"):
        joined([])
