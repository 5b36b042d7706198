"""How often one session and one address may ask. Counted in this process."""

from __future__ import annotations

import math

from fastapi import Request
from throttled import RateLimiterType, Throttled, rate_limiter
from throttled.store import MemoryStore

from bot.web import session_cookie
from bot.web.refusal import Refusal

#: So many sessions and addresses are remembered; the longest silent are forgotten first.
_REMEMBERED = 100_000


class RateLimit:
    """Tells who must wait (GCRA: a minute's worth at once, then evenly).

    Args:
        per_session: requests a minute of one session.
        per_address: requests a minute of one address.
    """

    def __init__(self, per_session: int, per_address: int) -> None:
        self._session = _limit("session", per_session)
        self._address = _limit("address", per_address)

    def check(self, request: Request, token: str) -> None:
        """Count a request.

        Raises:
            Refusal: too many; it says how many seconds to wait.
        """
        network = session_cookie.network_of(request)
        asked = [(self._session, token)] + ([(self._address, network)] if network else [])
        for limit, who in asked:
            result = limit.limit(who)
            if result.limited:
                wait = max(1, math.ceil(result.state.retry_after))
                raise Refusal(429, f"发得太快了，请等{wait}秒再发。", wait)


def _limit(name: str, per_minute: int) -> Throttled:
    return Throttled(
        using=RateLimiterType.GCRA.value,
        quota=rate_limiter.per_min(per_minute),
        store=MemoryStore(options={"MAX_SIZE": _REMEMBERED}),
        key_prefix=f"chunfeng:{name}",
    )
