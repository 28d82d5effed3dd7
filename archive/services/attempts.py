"""How often something may be tried: counted in the database, so that all processes count together.

``most`` tries are let through in any span of ``window``, wherever the span begins. A count that started anew
at fixed times would let twice as many through around the change, so ours starts anew only when nothing was
let through for a whole window. A try that is refused counts for nothing: asking again and again makes nobody
wait longer.
"""

from __future__ import annotations

import hashlib
import ipaddress
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from archive.models import Attempts

_KEPT = timedelta(days=2)  # longer than any window
_IPV6_NETWORK_BITS = 64  # what one household or one rented server is given


def take_attempt(
    session: Session, what: str, who: str, *, at: datetime, most: int, window: timedelta
) -> bool:
    """Take one of ``most`` tries of ``what`` by ``who``. False: too many.

    Call it in a transaction that writes from its start (``Database.transaction``), and let that commit: a
    try that is rolled back was never counted. Then at most ``most`` pass, however many ask at once.
    """
    key = _key(what, who)
    row = session.get(Attempts, key)
    if row is None:
        session.execute(delete(Attempts).where(Attempts.window_began_at < at - _KEPT))
        row = Attempts(key=key, window_began_at=at, count=0)
        session.add(row)
    elif at - row.window_began_at >= window:
        row.count = 0
    if row.count >= most:
        return False
    row.count += 1
    row.window_began_at = at
    session.flush()
    return True


def forget_attempts(session: Session, what: str, who: str) -> None:
    """Count from the start again: it was right this time."""
    session.execute(delete(Attempts).where(Attempts.key == _key(what, who)))


def network_of(address: str) -> str:
    """Who is behind a network address: IPv4 as it is, IPv6 by its /64, since one person has all of those."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped is not None:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, _IPV6_NETWORK_BITS), strict=False))
    return str(parsed)


def _key(what: str, who: str) -> str:
    return hashlib.sha256(f"{what}\0{who}".encode()).hexdigest()
