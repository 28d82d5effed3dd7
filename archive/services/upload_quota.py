"""How much somebody may send: told before the first byte."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from archive.models import Account, RequestMail, Upload
from archive.rules.statuses import Role, UploadOutcome
from archive.services.upload_errors import UploadQuotaUsedUp, UploadTooLarge

MB = 1 << 20
QUOTA_WINDOW = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Allowance:
    """What one account may send. ``quota_bytes`` is None for who is not limited."""

    most_bytes: int
    quota_bytes: int | None
    used_bytes: int

    @property
    def left_bytes(self) -> int | None:
        """What may still be sent in these 30 days; None when it is not limited."""
        return None if self.quota_bytes is None else max(0, self.quota_bytes - self.used_bytes)

    def check(self, byte_count: int) -> None:
        """Raises ``UploadTooLarge`` or ``UploadQuotaUsedUp``."""
        if byte_count > self.most_bytes:
            most = f"{self.most_bytes // MB:,} MB"
            raise UploadTooLarge(f"This file is larger than this archive takes: at most {most}.")
        if self.left_bytes is not None and byte_count > self.left_bytes:
            raise UploadQuotaUsedUp(
                f"With this file you would send more than you may in 30 days: {self.left_bytes // MB:,} MB "
                f"of {(self.quota_bytes or 0) // MB:,} MB are left."
            )


def allowance_of(
    session: Session, account_id: int, *, most_mb: int, quota_mb: int, at: datetime
) -> Allowance:
    """What this account may send now. Volunteers have the setting's quota, others only one of their own.

    Files on their way count whole, so that no more is begun than there is room for. Files that were here
    before count like others: what is left must not tell what the archive holds.
    """
    account = session.get_one(Account, account_id)
    quota = account.quota_bytes
    if quota is None and account.role == Role.VOLUNTEER:
        quota = quota_mb * MB
    used = session.scalar(
        select(func.sum(Upload.byte_count)).where(
            Upload.account_id == account_id,
            Upload.created_at > at - QUOTA_WINDOW,
            or_(Upload.outcome.is_(None), Upload.outcome != UploadOutcome.FAILED),
        )
    )
    mails = session.scalar(
        select(func.sum(RequestMail.byte_count)).where(
            RequestMail.received_by_id == account_id,
            RequestMail.received_at > at - QUOTA_WINDOW,
            RequestMail.part == 0,
        )
    )
    return Allowance(most_mb * MB, quota, int(used or 0) + int(mails or 0))


def promised_bytes(session: Session) -> int:
    """What all files on their way still lack: room that is spoken for."""
    missing = session.scalar(
        select(func.sum(Upload.byte_count - Upload.received_bytes)).where(Upload.finished_at.is_(None))
    )
    return int(missing or 0)
