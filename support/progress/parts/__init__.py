"""What stands on a programme's page while its support runs and after."""

from __future__ import annotations
