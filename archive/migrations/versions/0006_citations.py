"""Citations, collections of them, links to what cites a document, and addresses from before a renaming."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_SUPERSEDED_FK = "fk_document_superseded_by_id_document"


def upgrade() -> None:
    _widen_document()
    _add_citation()
    _add_collection()
    _add_collection_item()
    _add_citing_work()
    op.create_table(
        "old_slug",
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "slug", name=op.f("pk_old_slug")),
    )


def downgrade() -> None:
    op.drop_table("old_slug")
    op.drop_table("citing_work")
    op.drop_table("collection_item")
    op.drop_table("collection")
    op.drop_table("citation")
    op.drop_index(op.f("ix_document_superseded_by_id"), "document")
    with op.batch_alter_table("document") as batch:
        batch.drop_constraint(op.f(_SUPERSEDED_FK), type_="foreignkey")
        for name in ("superseded_reason", "superseded_by_id", "language", "vote"):
            batch.drop_column(name)


def _widen_document() -> None:
    with op.batch_alter_table("document") as batch:
        batch.add_column(sa.Column("vote", sa.String(length=100), nullable=True))
        batch.add_column(sa.Column("language", sa.String(length=35), nullable=True))
        batch.add_column(sa.Column("superseded_by_id", sa.String(length=12), nullable=True))
        batch.add_column(sa.Column("superseded_reason", sa.Text(), nullable=True))
        batch.create_foreign_key(op.f(_SUPERSEDED_FK), "document", ["superseded_by_id"], ["id"])
    op.create_index(op.f("ix_document_superseded_by_id"), "document", ["superseded_by_id"])


def _reference(table: str, column: str, target: str, *, cascade: bool = False) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{target}")
    return sa.ForeignKeyConstraint(
        [column], [f"{target}.id"], name=name, ondelete="CASCADE" if cascade else None
    )


def _add_citation() -> None:
    op.create_table(
        "citation",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("document_id", sa.String(length=12), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("page_number", sa.Integer(), nullable=False),
        sa.Column("last_page_number", sa.Integer(), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("typed", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=16), nullable=False),
        sa.Column("reader", sa.String(length=16), nullable=False),
        sa.Column("reader_version", sa.String(length=64), nullable=False),
        sa.Column("text_sha256", sa.String(length=64), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        _reference("citation", "created_by_id", "account"),
        _reference("citation", "document_id", "document"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_citation")),
    )
    op.create_index("ix_citation_document_id_page_number", "citation", ["document_id", "page_number"])


def _add_collection() -> None:
    op.create_table(
        "collection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("introduction", sa.Text(), nullable=False),
        sa.Column("audience", sa.String(32), nullable=False),
        sa.Column("is_shared", sa.Boolean(), nullable=False),
        sa.Column("kept_by_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        _reference("collection", "kept_by_id", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collection")),
        sa.UniqueConstraint("slug", name=op.f("uq_collection_slug")),
    )
    op.create_index(op.f("ix_collection_audience"), "collection", ["audience"])
    op.create_index(op.f("ix_collection_kept_by_id"), "collection", ["kept_by_id"])


def _add_collection_item() -> None:
    op.create_table(
        "collection_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("collection_id", sa.Integer(), nullable=False),
        sa.Column("citation_id", sa.String(length=16), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=True),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        _reference("collection_item", "added_by_id", "account"),
        _reference("collection_item", "citation_id", "citation"),
        _reference("collection_item", "collection_id", "collection", cascade=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collection_item")),
        sa.UniqueConstraint(
            "collection_id", "citation_id", name=op.f("uq_collection_item_collection_id_citation_id")
        ),
    )
    op.create_index(op.f("ix_collection_item_collection_id"), "collection_item", ["collection_id"])
    op.create_index(op.f("ix_collection_item_citation_id"), "collection_item", ["citation_id"])


def _add_citing_work() -> None:
    op.create_table(
        "citing_work",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.String(length=12), nullable=False),
        sa.Column("page_number", sa.Integer(), nullable=True),
        sa.Column("address", sa.String(length=2000), nullable=False),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("publisher", sa.String(length=300), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=True),
        sa.Column("proposed_at", sa.DateTime(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        _reference("citing_work", "decided_by_id", "account"),
        _reference("citing_work", "document_id", "document", cascade=True),
        _reference("citing_work", "proposed_by_id", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_citing_work")),
    )
    op.create_index(op.f("ix_citing_work_document_id"), "citing_work", ["document_id"])
    op.create_index(op.f("ix_citing_work_state"), "citing_work", ["state"])
