"""Saved searches and the letters about them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "saved_search",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("address", sa.String(length=320), nullable=False),
        sa.Column("address_key", sa.String(length=320), nullable=False),
        sa.Column("search", sa.Text(), nullable=False),
        sa.Column("how_often", sa.String(32), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(), nullable=True),
        sa.Column("due_at", sa.DateTime(), nullable=True),
        sa.Column("searched_at", sa.DateTime(), nullable=True),
        sa.Column("searched_state", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_search")),
    )
    op.create_index(op.f("ix_saved_search_address_key"), "saved_search", ["address_key"])
    op.create_index(op.f("ix_saved_search_created_at"), "saved_search", ["created_at"])
    op.create_table(
        "outgoing_letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("saved_search_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("try_at", sa.DateTime(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("refusals", sa.Integer(), nullable=False),
        sa.Column("claim_token", sa.String(length=64), nullable=True),
        sa.Column("claimed_until", sa.DateTime(), nullable=True),
        sa.Column("sent_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["saved_search_id"],
            ["saved_search.id"],
            name=op.f("fk_outgoing_letter_saved_search_id_saved_search"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outgoing_letter")),
    )
    op.create_index(op.f("ix_outgoing_letter_saved_search_id"), "outgoing_letter", ["saved_search_id"])
    op.create_index("ix_outgoing_letter_sent_at_try_at", "outgoing_letter", ["sent_at", "try_at"])
    op.create_table(
        "saved_search_seen",
        sa.Column("saved_search_id", sa.String(length=32), nullable=False),
        sa.Column("document_id", sa.String(length=12), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["saved_search_id"],
            ["saved_search.id"],
            name=op.f("fk_saved_search_seen_saved_search_id_saved_search"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
            name=op.f("fk_saved_search_seen_document_id_document"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["letter_id"],
            ["outgoing_letter.id"],
            name=op.f("fk_saved_search_seen_letter_id_outgoing_letter"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("saved_search_id", "document_id", name=op.f("pk_saved_search_seen")),
    )
    op.create_index(op.f("ix_saved_search_seen_letter_id"), "saved_search_seen", ["letter_id"])


def downgrade() -> None:
    op.drop_table("saved_search_seen")
    op.drop_table("outgoing_letter")
    op.drop_table("saved_search")
