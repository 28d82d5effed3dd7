"""Public-records requests with their events, numbers, people, letters; productions answer them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

_PRODUCTION_COLUMNS = (
    ("request_id", sa.Integer()),
    ("number", sa.Integer()),
    ("cover_letter_id", sa.String(length=12)),
    ("bates_first", sa.String(length=100)),
    ("bates_last", sa.String(length=100)),
    ("said_pages", sa.Integer()),
    ("said_in_full", sa.Integer()),
    ("said_in_part", sa.Integer()),
    ("said_withheld", sa.Integer()),
    ("said_referred", sa.Integer()),
    ("next_due_on", sa.Date()),
    ("next_due_says", sa.Text()),
)


_DOCUMENT_INDEXES = ("agency_id", "production_id")  # figures of what may be seen


def upgrade() -> None:
    _add_foia_request()
    _extend_production()
    _extend_account()
    _add_tracking_number()
    _add_request_event()
    _add_request_file()
    _add_request_person()
    _add_request_standing()
    _add_request_date()
    _add_request_letter()
    _add_request_reminder()
    _add_request_mail()
    for name in _DOCUMENT_INDEXES:
        op.create_index(f"ix_document_{name}_visibility", "document", [name, "visibility"])


def downgrade() -> None:
    for name in _DOCUMENT_INDEXES:
        op.drop_index(f"ix_document_{name}_visibility", table_name="document")
    for table in (
        *(
            "request_mail",
            "request_reminder",
            "request_letter",
            "request_date",
            "request_standing",
            "request_person",
        ),
        *("request_file", "request_event", "tracking_number"),
    ):
        op.drop_table(table)
    with op.batch_alter_table("account") as batch:
        batch.drop_constraint("uq_account_calendar_key_hash", type_="unique")
        batch.drop_column("calendar_key_hash")
        batch.drop_column("wants_reminders")
    op.drop_index("ix_production_request_id", table_name="production")
    op.drop_index("ix_production_cover_letter_id", table_name="production")
    with op.batch_alter_table("production") as batch:
        batch.drop_constraint("fk_production_request_id_foia_request", type_="foreignkey")
        for name, _ in _PRODUCTION_COLUMNS:
            batch.drop_column(name)
    op.drop_table("foia_request")


def _reference(table: str, column: str, target: str, on_delete: str | None = None) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{target}")
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name, ondelete=on_delete)


def _add_foia_request() -> None:
    table = "foia_request"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("records_sought", sa.Text(), nullable=False),
        sa.Column("requester", sa.String(length=500), nullable=False),
        sa.Column("law_id", sa.String(length=16), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=True),
        sa.Column("fee_category", sa.String(32), nullable=True),
        sa.Column("audience", sa.String(32), nullable=False),
        sa.Column("made_public_at", sa.DateTime(), nullable=True),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("relation", sa.String(32), nullable=True),
        sa.Column("responsible_id", sa.Integer(), nullable=True),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        _reference(table, "agency_id", "agency"),
        _reference(table, "place_id", "place"),
        _reference(table, "parent_id", table),
        _reference(table, "responsible_id", "account"),
        _reference(table, "created_by_id", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_foia_request")),
        sa.UniqueConstraint("slug", name=op.f("uq_foia_request_slug")),
    )
    for column in ("law_id", "agency_id", "place_id", "parent_id", "responsible_id"):
        op.create_index(op.f(f"ix_foia_request_{column}"), table, [column])


def _extend_production() -> None:
    with op.batch_alter_table("production") as batch:
        for name, kind in _PRODUCTION_COLUMNS:
            batch.add_column(sa.Column(name, kind, nullable=True))
        batch.create_foreign_key(
            op.f("fk_production_request_id_foia_request"),
            "foia_request",
            ["request_id"],
            ["id"],
            ondelete="SET NULL",
        )
    op.create_index(op.f("ix_production_request_id"), "production", ["request_id"])
    op.create_index(op.f("ix_production_cover_letter_id"), "production", ["cover_letter_id"])


def _extend_account() -> None:
    with op.batch_alter_table("account") as batch:
        batch.add_column(sa.Column("calendar_key_hash", sa.String(length=64), nullable=True))
        batch.add_column(sa.Column("wants_reminders", sa.Boolean(), nullable=False, server_default="1"))
        batch.create_unique_constraint(op.f("uq_account_calendar_key_hash"), ["calendar_key_hash"])


def _add_tracking_number() -> None:
    table = "tracking_number"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("court", sa.String(length=300), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=True),
        sa.Column("from_id", sa.Integer(), nullable=True),
        sa.Column("relation", sa.String(32), nullable=True),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        _reference(table, "request_id", "foia_request", "CASCADE"),
        _reference(table, "agency_id", "agency"),
        _reference(table, "from_id", table, "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tracking_number")),
    )
    op.create_index(op.f("ix_tracking_number_request_id"), table, ["request_id"])
    op.create_index(op.f("ix_tracking_number_number"), table, ["number"])


def _add_request_event() -> None:
    table = "request_event"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(32), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("days", sa.Integer(), nullable=True),
        sa.Column("amount_cents", sa.BigInteger(), nullable=True),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("production_id", sa.Integer(), nullable=True),
        sa.Column("says", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("sender", sa.String(length=500), nullable=False),
        sa.Column("recipient", sa.String(length=1000), nullable=False),
        sa.Column("message_id", sa.String(length=998), nullable=True),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        _reference(table, "request_id", "foia_request", "CASCADE"),
        _reference(table, "agency_id", "agency"),
        _reference(table, "production_id", "production", "SET NULL"),
        _reference(table, "recorded_by_id", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_event")),
    )
    name = "ix_request_event_request_id_happened_on"
    op.create_index(name, table, ["request_id", "happened_on", "position"])
    op.create_index(op.f("ix_request_event_message_id"), table, ["message_id"])


def _add_request_file() -> None:
    table = "request_file"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=1024), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        _reference(table, "event_id", "request_event", "CASCADE"),
        _reference(table, "document_id", "document", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_file")),
        sa.UniqueConstraint("event_id", "document_id", name="uq_request_file_event_id"),
    )
    op.create_index(op.f("ix_request_file_event_id"), table, ["event_id"])
    op.create_index(op.f("ix_request_file_document_id"), table, ["document_id"])


def _add_request_person() -> None:
    table = "request_person"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("role", sa.String(32), nullable=False),
        sa.Column("organisation", sa.String(length=300), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("phone", sa.String(length=100), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        _reference(table, "request_id", "foia_request", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_person")),
    )
    op.create_index(op.f("ix_request_person_request_id"), table, ["request_id"])


def _add_request_standing() -> None:
    table = "request_standing"
    op.create_table(
        table,
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("is_public_view", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("outcome", sa.String(32), nullable=True),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("days_to_answer", sa.Integer(), nullable=True),
        sa.Column("is_waiting", sa.Boolean(), nullable=False),
        sa.Column("was_late", sa.Boolean(), nullable=False),
        sa.Column("answer_due_on", sa.Date(), nullable=True),
        sa.Column("last_event_on", sa.Date(), nullable=True),
        sa.Column("law_version", sa.String(length=64), nullable=False),
        _reference(table, "request_id", "foia_request", "CASCADE"),
        sa.PrimaryKeyConstraint("request_id", "is_public_view", name=op.f("pk_request_standing")),
    )
    op.create_index("ix_request_standing_view_sent_on", table, ["is_public_view", "sent_on"])
    waiting = ["is_public_view", "is_waiting", "answer_due_on"]
    op.create_index("ix_request_standing_view_answer_due_on", table, waiting)


def _add_request_date() -> None:
    table = "request_date"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("is_public_view", sa.Boolean(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("is_done", sa.Boolean(), nullable=False),
        _reference(table, "request_id", "foia_request", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_date")),
    )
    op.create_index("ix_request_date_view_due_on", table, ["is_public_view", "is_done", "due_on"])
    op.create_index("ix_request_date_request_id", table, ["request_id", "is_public_view"])


def _add_request_letter() -> None:
    table = "request_letter"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("addressee", sa.Text(), nullable=False),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("sent_event_id", sa.Integer(), nullable=True),
        _reference(table, "request_id", "foia_request", "CASCADE"),
        _reference(table, "made_by_id", "account"),
        _reference(table, "sent_event_id", "request_event", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_letter")),
    )
    op.create_index(op.f("ix_request_letter_request_id"), table, ["request_id"])


def _add_request_reminder() -> None:
    table = "request_reminder"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("days_before", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("try_at", sa.DateTime(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=True),
        _reference(table, "request_id", "foia_request", "CASCADE"),
        _reference(table, "account_id", "account", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_reminder")),
        sa.UniqueConstraint(
            *("request_id", "account_id", "kind", "due_on", "days_before"),
            name="uq_request_reminder_request_id",
        ),
    )
    op.create_index(op.f("ix_request_reminder_account_id"), table, ["account_id"])
    op.create_index(op.f("ix_request_reminder_try_at"), table, ["try_at"])


def _add_request_mail() -> None:
    table = "request_mail"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("byte_count", sa.BigInteger(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=1024), nullable=False),
        sa.Column("message_id", sa.String(length=998), nullable=False),
        sa.Column("received_at", sa.DateTime(), nullable=False),
        sa.Column("received_by_id", sa.Integer(), nullable=True),
        sa.Column("set_aside_at", sa.DateTime(), nullable=True),
        _reference(table, "request_id", "foia_request", "SET NULL"),
        _reference(table, "event_id", "request_event", "SET NULL"),
        _reference(table, "received_by_id", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_mail")),
        sa.UniqueConstraint("request_id", "sha256", "part", name="uq_request_mail_request_id"),
    )
    op.create_index(op.f("ix_request_mail_event_id"), table, ["event_id"])
    op.create_index(op.f("ix_request_mail_sha256"), table, ["sha256"])
