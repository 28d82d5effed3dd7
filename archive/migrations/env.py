"""Alembic's door: always called by ``Database.upgrade`` or a test, with a connection in hand."""

from __future__ import annotations

from alembic import context

import archive.models  # noqa: F401  every table must be known before metadata is compared
from archive.models.base import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,  # SQLite cannot alter a column in place
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
