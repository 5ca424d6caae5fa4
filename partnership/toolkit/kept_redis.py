"""Redis by one client for as long as the process lives; Django’s own makes one at every turn."""

from __future__ import annotations

from typing import Any

from django.core.cache.backends.redis import RedisCache, RedisCacheClient


class KeptRedisClient(RedisCacheClient):
    """Keeps the client of each server; its connections are kept by its pool anyway."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        """Begin without any."""
        super().__init__(*arguments, **options)
        self._kept: dict[int, Any] = {}

    def get_client(self, key: Any = None, *, write: bool = False) -> Any:
        """The client of the server that is to be asked."""
        index = self._get_connection_pool_index(write)  # type: ignore[attr-defined]  # its stubs leave it out
        if index not in self._kept:
            self._kept[index] = super().get_client(key, write=write)
        return self._kept[index]


class KeptRedisCache(RedisCache):
    """Django’s cache in Redis, with clients that are kept."""

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        """As Django’s own but for the client."""
        super().__init__(server, params)
        self._class = KeptRedisClient
