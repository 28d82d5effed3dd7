"""What may be private, copies, notes, and who has done what with a document."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    _add_finding()
    _add_redaction_box()
    _add_document_copy()
    _add_document_note()
    _add_field_change()
    _widen_document()


def downgrade() -> None:
    _narrow_document()
    op.drop_table("field_change")
    op.drop_table("document_note")
    op.drop_table("document_copy")
    op.drop_table("redaction_box")
    op.drop_table("finding")


def _add_finding() -> None:
    op.create_table(
        "finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.String(length=12), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("page_number", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("boxes", sa.JSON(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("found_at", sa.DateTime(), nullable=False),
        sa.Column("decision", sa.String(32), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("agreed_by_id", sa.Integer(), nullable=True),
        sa.Column("agreed_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["agreed_by_id"], ["account.id"], name=op.f("fk_finding_agreed_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["account.id"], name=op.f("fk_finding_decided_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_finding_document_id_document"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding")),
        sa.UniqueConstraint("document_id", "fingerprint", name=op.f("uq_finding_document_id_fingerprint")),
    )
    op.create_index(op.f("ix_finding_document_id"), "finding", ["document_id"])


def _add_redaction_box() -> None:
    op.create_table(
        "redaction_box",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.String(length=12), nullable=False),
        sa.Column("page_number", sa.Integer(), nullable=False),
        sa.Column("box", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("finding_id", sa.Integer(), nullable=True),
        sa.Column("drawn_by_id", sa.Integer(), nullable=False),
        sa.Column("drawn_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
            name=op.f("fk_redaction_box_document_id_document"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["drawn_by_id"], ["account.id"], name=op.f("fk_redaction_box_drawn_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["finding_id"],
            ["finding.id"],
            name=op.f("fk_redaction_box_finding_id_finding"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_redaction_box")),
    )
    op.create_index(op.f("ix_redaction_box_document_id"), "redaction_box", ["document_id"])
    op.create_index(op.f("ix_redaction_box_finding_id"), "redaction_box", ["finding_id"])


def _add_document_copy() -> None:
    op.create_table(
        "document_copy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.String(length=12), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("recipe", sa.JSON(), nullable=False),
        sa.Column("title", sa.String(length=1000), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("copy_id", sa.String(length=12), nullable=True),
        sa.Column("failure_code", sa.String(length=64), nullable=True),
        sa.Column("failure_sentence", sa.Text(), nullable=True),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["account.id"], name=op.f("fk_document_copy_asked_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["copy_id"], ["document.id"], name=op.f("fk_document_copy_copy_id_document"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
            name=op.f("fk_document_copy_document_id_document"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_copy")),
    )
    op.create_index(op.f("ix_document_copy_document_id"), "document_copy", ["document_id"])
    op.create_index(op.f("ix_document_copy_state"), "document_copy", ["state"])


def _add_document_note() -> None:
    op.create_table(
        "document_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.String(length=12), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_document_note_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
            name=op.f("fk_document_note_document_id_document"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_note")),
    )
    op.create_index(op.f("ix_document_note_document_id"), "document_note", ["document_id"])


def _add_field_change() -> None:
    op.create_table(
        "field_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("change_set", sa.String(length=32), nullable=False),
        sa.Column("document_id", sa.String(length=12), nullable=False),
        sa.Column("field", sa.String(length=32), nullable=False),
        sa.Column("old_value", sa.Text(), nullable=False),
        sa.Column("new_value", sa.Text(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("undone_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["account.id"], name=op.f("fk_field_change_changed_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
            name=op.f("fk_field_change_document_id_document"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_field_change")),
    )
    op.create_index(op.f("ix_field_change_change_set"), "field_change", ["change_set"])
    op.create_index(op.f("ix_field_change_document_id"), "field_change", ["document_id"])


def _widen_document() -> None:
    with op.batch_alter_table("document") as batch_op:
        batch_op.add_column(sa.Column("uploaded_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("batch_id", sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column("received_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("claimed_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("claimed_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("described_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("described_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("checked_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("checked_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("screened_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("asked_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("withdrawn_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("withdrawn_reason", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("derived_from_id", sa.String(length=12), nullable=True))
        batch_op.add_column(sa.Column("copy_kind", sa.String(32), nullable=True))
        batch_op.add_column(sa.Column("copy_reason", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("pdf_facts", sa.JSON(), nullable=True))
        batch_op.create_index(batch_op.f("ix_document_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_document_claimed_by_id"), ["claimed_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_document_derived_from_id"), ["derived_from_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_document_uploaded_by_id"), ["uploaded_by_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_document_claimed_by_id_account"), "account", ["claimed_by_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_document_uploaded_by_id_account"), "account", ["uploaded_by_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_document_derived_from_id_document"), "document", ["derived_from_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_document_batch_id_upload_batch"),
            "upload_batch",
            ["batch_id"],
            ["id"],
            ondelete="SET NULL",
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_document_checked_by_id_account"), "account", ["checked_by_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_document_described_by_id_account"), "account", ["described_by_id"], ["id"]
        )


def _narrow_document() -> None:
    with op.batch_alter_table("document") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_document_described_by_id_account"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_document_checked_by_id_account"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_document_batch_id_upload_batch"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_document_derived_from_id_document"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_document_uploaded_by_id_account"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_document_claimed_by_id_account"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_document_uploaded_by_id"))
        batch_op.drop_index(batch_op.f("ix_document_derived_from_id"))
        batch_op.drop_index(batch_op.f("ix_document_claimed_by_id"))
        batch_op.drop_index(batch_op.f("ix_document_batch_id"))
        batch_op.drop_column("pdf_facts")
        batch_op.drop_column("copy_reason")
        batch_op.drop_column("copy_kind")
        batch_op.drop_column("derived_from_id")
        batch_op.drop_column("withdrawn_reason")
        batch_op.drop_column("withdrawn_at")
        batch_op.drop_column("asked_at")
        batch_op.drop_column("screened_at")
        batch_op.drop_column("checked_at")
        batch_op.drop_column("checked_by_id")
        batch_op.drop_column("described_at")
        batch_op.drop_column("described_by_id")
        batch_op.drop_column("claimed_at")
        batch_op.drop_column("claimed_by_id")
        batch_op.drop_column("received_on")
        batch_op.drop_column("batch_id")
        batch_op.drop_column("uploaded_by_id")
