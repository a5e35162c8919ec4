"""A cache whose absence is no reason to stop: reading and signing in go on while Redis is away."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import ConnectionError as RedisAway
from redis.exceptions import TimeoutError as RedisSlow

log = logging.getLogger(__name__)


def forgiving(name: str, answer_when_away: Callable[..., Any]) -> Callable[..., Any]:
    original = getattr(RedisCache, name)

    @functools.wraps(original)
    def method(self: RedisCache, *args: Any, **kwargs: Any) -> Any:
        try:
            return original(self, *args, **kwargs)
        except (RedisAway, RedisSlow) as error:
            log.warning("cache away during %s: %s", name, error)
            return answer_when_away(*args, **kwargs)

    return method


class ForgivingRedisCache(RedisCache):
    """Redis, or an empty cache while it cannot be reached."""

    get = forgiving("get", lambda key, default=None, version=None: default)
    get_many = forgiving("get_many", lambda *args, **kwargs: {})
    set = forgiving("set", lambda *args, **kwargs: None)
    set_many = forgiving("set_many", lambda *args, **kwargs: [])
    add = forgiving("add", lambda *args, **kwargs: True)
    touch = forgiving("touch", lambda *args, **kwargs: False)
    delete = forgiving("delete", lambda *args, **kwargs: False)
    delete_many = forgiving("delete_many", lambda *args, **kwargs: None)
    has_key = forgiving("has_key", lambda *args, **kwargs: False)
    incr = forgiving("incr", lambda *args, **kwargs: 1)
