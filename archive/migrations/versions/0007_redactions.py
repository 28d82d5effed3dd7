"""Redactions as data, records that are the same, withheld-records indexes; a citation may compare."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_PAGE_INDEX = "ix_page_withheld"
_PAGE_COLUMNS = ("claimed_codes", "disposition", "withheld_share", "covered_share")


def upgrade() -> None:
    with op.batch_alter_table("page") as batch:
        batch.add_column(sa.Column("covered_share", sa.Double(), nullable=False, server_default="0"))
        batch.add_column(sa.Column("withheld_share", sa.Double(), nullable=False, server_default="0"))
        batch.add_column(sa.Column("disposition", sa.String(32), nullable=False, server_default="released"))
        batch.add_column(sa.Column("claimed_codes", sa.JSON(), nullable=False, server_default="[]"))
    op.create_index(_PAGE_INDEX, "page", ["document_id", "status", "disposition", "withheld_share"])
    with op.batch_alter_table("citation") as batch:
        batch.add_column(sa.Column("compared_with", sa.JSON(), nullable=True))
    _add_redaction()
    _add_sketches()
    _add_record_match()
    _add_later_release()
    _add_vaughn()


def downgrade() -> None:
    for table in (
        *("vaughn_entry", "vaughn_index", "later_release", "record_match"),
        *("sketch_hash", "sketched_page", "redaction"),
    ):
        op.drop_table(table)
    with op.batch_alter_table("citation") as batch:
        batch.drop_column("compared_with")
    op.drop_index(_PAGE_INDEX, table_name="page")
    with op.batch_alter_table("page") as batch:
        for name in _PAGE_COLUMNS:
            batch.drop_column(name)


def _reference(table: str, column: str, target: str, *, cascade: bool = False) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{target}")
    return sa.ForeignKeyConstraint(
        [column], [f"{target}.id"], name=name, ondelete="CASCADE" if cascade else None
    )


def _add_redaction() -> None:
    op.create_table(
        "redaction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.String(length=12), nullable=False),
        sa.Column("page_number", sa.Integer(), nullable=False),
        sa.Column("box", sa.JSON(), nullable=False),
        sa.Column("look", sa.String(32), nullable=False),
        sa.Column("found_by", sa.String(32), nullable=False),
        sa.Column("codes", sa.JSON(), nullable=False),
        sa.Column("code_text", sa.String(length=300), nullable=False),
        sa.Column("statute", sa.String(length=200), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("page_share", sa.Double(), nullable=False),
        sa.Column("line_share", sa.Double(), nullable=False),
        sa.Column("found_codes", sa.JSON(), nullable=True),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        _reference("redaction", "decided_by_id", "account"),
        _reference("redaction", "document_id", "document", cascade=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_redaction")),
    )
    op.create_index("ix_redaction_document_id_page_number", "redaction", ["document_id", "page_number"])


def _add_sketches() -> None:
    op.create_table(
        "sketched_page",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.String(length=12), nullable=False),
        sa.Column("page_number", sa.Integer(), nullable=False),
        sa.Column("word_count", sa.Integer(), nullable=False),
        sa.Column("hash_count", sa.Integer(), nullable=False),
        _reference("sketched_page", "document_id", "document", cascade=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sketched_page")),
        sa.UniqueConstraint(
            "document_id", "page_number", name=op.f("uq_sketched_page_document_id_page_number")
        ),
    )
    op.create_table(
        "sketch_hash",
        sa.Column("hash", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("sketched_page_id", sa.Integer(), nullable=False),
        _reference("sketch_hash", "sketched_page_id", "sketched_page", cascade=True),
        sa.PrimaryKeyConstraint("hash", "sketched_page_id", name=op.f("pk_sketch_hash")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_sketch_hash_sketched_page_id"), "sketch_hash", ["sketched_page_id"])


def _add_record_match() -> None:
    op.create_table(
        "record_match",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("first_id", sa.String(length=12), nullable=False),
        sa.Column("second_id", sa.String(length=12), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("page_pairs", sa.JSON(), nullable=False),
        sa.Column("words_only_first", sa.Integer(), nullable=False),
        sa.Column("words_only_second", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("found_at", sa.DateTime(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        _reference("record_match", "decided_by_id", "account"),
        _reference("record_match", "first_id", "document", cascade=True),
        _reference("record_match", "second_id", "document", cascade=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record_match")),
        sa.UniqueConstraint("first_id", "second_id", name=op.f("uq_record_match_first_id_second_id")),
    )
    op.create_index(op.f("ix_record_match_second_id"), "record_match", ["second_id"])
    op.create_index(op.f("ix_record_match_state"), "record_match", ["state"])


def _add_later_release() -> None:
    op.create_table(
        "later_release",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("match_id", sa.Integer(), nullable=False),
        sa.Column("withheld_id", sa.String(length=12), nullable=False),
        sa.Column("withheld_page", sa.Integer(), nullable=False),
        sa.Column("shown_id", sa.String(length=12), nullable=False),
        sa.Column("shown_page", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("word_count", sa.Integer(), nullable=False),
        sa.Column("codes", sa.JSON(), nullable=False),
        _reference("later_release", "match_id", "record_match", cascade=True),
        _reference("later_release", "shown_id", "document", cascade=True),
        _reference("later_release", "withheld_id", "document", cascade=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_later_release")),
    )
    for column in ("match_id", "shown_id", "withheld_id"):
        op.create_index(op.f(f"ix_later_release_{column}"), "later_release", [column])


def _add_vaughn() -> None:
    op.create_table(
        "vaughn_index",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("introduction", sa.Text(), nullable=False),
        sa.Column("kept_by_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        _reference("vaughn_index", "kept_by_id", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vaughn_index")),
    )
    op.create_index(op.f("ix_vaughn_index_kept_by_id"), "vaughn_index", ["kept_by_id"])
    op.create_table(
        "vaughn_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("index_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.String(length=12), nullable=False),
        sa.Column("first_page", sa.Integer(), nullable=False),
        sa.Column("last_page", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        _reference("vaughn_entry", "document_id", "document", cascade=True),
        _reference("vaughn_entry", "index_id", "vaughn_index", cascade=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vaughn_entry")),
    )
    op.create_index(op.f("ix_vaughn_entry_document_id"), "vaughn_entry", ["document_id"])
    op.create_index(op.f("ix_vaughn_entry_index_id"), "vaughn_entry", ["index_id"])
