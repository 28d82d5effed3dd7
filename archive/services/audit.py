"""The audit log: a chain of entries, so that a change, a gap or a swap shows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.models import AuditEntry


def record_event(
    session: Session, action: str, subject: str, *, actor: str, at: datetime, details: Mapping[str, Any]
) -> AuditEntry:
    """Add an entry. Call it in the transaction that makes the change, so that both or neither happen.

    ``details`` must hold nothing private: no text, no title of what is not published.
    """
    session.flush()
    previous = session.scalar(select(AuditEntry.entry_hash).order_by(AuditEntry.id.desc()).limit(1)) or ""
    entry = AuditEntry(
        happened_at=at,
        actor=actor,
        action=action,
        subject=subject,
        details=dict(details),
        previous_hash=previous,
    )
    entry.entry_hash = entry_hash_of(entry)
    session.add(entry)
    session.flush()
    return entry


def entry_hash_of(entry: AuditEntry) -> str:
    """SHA-256 over the entry in canonical JSON and the hash of the entry before it."""
    content = {
        "happened_at": entry.happened_at.isoformat(),
        "actor": entry.actor,
        "action": entry.action,
        "subject": entry.subject,
        "details": entry.details,
        "previous_hash": entry.previous_hash,
    }
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode("utf-8")).hexdigest()


def find_broken_entry(entries: Iterable[AuditEntry]) -> AuditEntry | None:
    """The first entry that does not follow from the one before it; None when the chain holds."""
    previous = ""
    for entry in entries:
        if entry.previous_hash != previous or entry.entry_hash != entry_hash_of(entry):
            return entry
        previous = entry.entry_hash
    return None
