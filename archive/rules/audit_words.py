"""The audit log in words. A test finds every action that the program records in this table."""

from __future__ import annotations

from collections.abc import Mapping

from archive.rules.privacy_words import FINDING_WORDS
from archive.rules.review_words import DECISION_WORDS, STATE_WORDS

AUDIT_WORDS: dict[str, str] = {
    "account_added": "added an account",
    "account_closed": "closed an account",
    "account_renamed": "changed the name of an account",
    "account_reopened": "opened an account again",
    "authenticator_added": "added an authenticator",
    "authenticator_removed": "removed an authenticator",
    "batch_opened": "opened a batch of uploads",
    "better_copy_named": "named a better copy of a document",
    "better_copy_taken_back": "took back that there is a better copy of a document",
    "calendar_key_made": "made an address for the own calendar",
    "calendar_key_removed": "removed the address of the own calendar",
    "claim_ended": "ended a claim that had lasted long enough",
    "claim_given_back": "gave a claimed document back",
    "collection_added": "began a collection",
    "collection_deleted": "deleted a collection",
    "collection_described": "changed the title or introduction of a collection",
    "collection_made_public": "showed a collection to everybody",
    "collection_no_longer_shared": "stopped sharing a collection",
    "collection_shared": "shared a collection with all members",
    "collection_taken_back": "took a collection back to members",
    "copy_asked": "asked for a copy of a document",
    "copy_failed": "could not make a copy",
    "copy_made": "made a copy of a document",
    "description_checked": "agreed, as the second person, with a description",
    "document_answered": "answered the question about a document",
    "document_claimed": "claimed a document to describe it",
    "document_described": "described a document",
    "document_held": "held a document back",
    "document_noted": "wrote a note on a document",
    "document_published": "published a document",
    "document_received": "received a document",
    "document_rejected": "rejected a document",
    "document_restored": "showed a withdrawn document again",
    "document_sealed": "sealed an original",
    "document_sent_back": "sent a document back with a question",
    "document_shown_to_members": "showed a document to members",
    "document_taken_back": "took a document back to review",
    "document_withdrawn": "withdrew a document",
    "fields_changed": "changed fields of a document",
    "fields_confirmed": "confirmed proposed fields of a document",
    "fields_undone": "undid changes of a document",
    "file_refused": "refused a file",
    "file_sent_again": "was sent a file that is here already",
    "finding_agreed": "agreed that a finding is not private",
    "finding_decided": "decided about a finding",
    "findings_not_private": "said that nothing found is private",
    "index_rebuild_asked": "asked for the index to be built anew",
    "invited": "invited somebody",
    "job_retried": "queued a document to be read again",
    "link_laid_back": "laid a link to what cites a document back",
    "link_proposed": "proposed a link to what cites a document",
    "link_refused": "refused a link to what cites a document",
    "link_revoked": "revoked a link",
    "link_shown": "showed a link to what cites a document",
    "original_opened": "opened the file of a document that is not shown",
    "passage_collected": "added a passage to a collection",
    "passage_note_removed": "removed a note in a collection",
    "passage_noted": "wrote a note in a collection",
    "passage_taken_out": "took a passage out of a collection",
    "passages_ordered": "changed the order of a collection",
    "password_changed": "changed a password",
    "production_added": "entered a production",
    "production_described": "changed what is said of a production",
    "record_match_accepted": "said that two documents are the same record",
    "record_match_refused": "said that two documents are not the same record",
    "record_match_reopened": "took back what was said about two documents",
    "recovery_codes_made": "made recovery codes",
    "redaction_added": "marked a redaction that was not found",
    "redaction_box_drawn": "drew redaction boxes",
    "redaction_box_removed": "removed a redaction box",
    "redaction_confirmed": "confirmed a redaction",
    "redaction_corrected": "corrected a redaction",
    "redaction_rejected": "said that something is no redaction",
    "redaction_undone": "took back what was said about a redaction",
    "reminders_changed": "switched the own reminders",
    "request_added": "entered a public-records request",
    "request_deleted": "deleted a request",
    "request_described": "changed how a request is described",
    "request_event_added": "wrote down an event of a request",
    "request_event_changed": "changed an event of a request",
    "request_event_removed": "removed an event of a request",
    "request_events_shown": "chose which events of a request are public",
    "request_imported": "imported a request from a table",
    "request_letter_changed": "changed a letter of a request",
    "request_letter_made": "wrote a letter of a request",
    "request_letter_removed": "removed a letter of a request",
    "request_letter_sent": "noted that a letter of a request was sent",
    "request_made_public": "made a request public",
    "request_mail_added": "added an e-mail to a request",
    "request_number_added": "added a tracking number to a request",
    "request_number_changed": "changed a tracking number of a request",
    "request_number_removed": "removed a tracking number of a request",
    "request_person_added": "added a person to a request",
    "request_person_changed": "changed a person of a request",
    "request_person_removed": "removed a person of a request",
    "request_taken_back": "took a request back to members",
    "reset_link_made": "made a link for a new password",
    "role_changed": "changed a role",
    "shelf_renamed": "gave an agency, production or place another name",
    "shelves_merged": "put two agencies, productions or places together",
    "sign_in_refused": "tried to sign in too often",
    "signed_in": "signed in",
    "signed_out_elsewhere": "signed out another browser",
    "token_made": "made an API token",
    "token_revoked": "revoked an API token",
    "upload_given_up": "gave up an upload",
    "vaughn_index_added": "began a withheld-records index",
    "vaughn_index_deleted": "deleted a withheld-records index",
}
_STATES = {state.value: words for state, words in STATE_WORDS.items()}
_DECISIONS = {decision.value: words for decision, words in DECISION_WORDS.items()}
_KINDS = {kind.value: words for kind, words in FINDING_WORDS.items()}
_UNSAID = frozenset({"finding"})  # a number that says nothing to people
_VALUES = _STATES | _DECISIONS | _KINDS


def action_words(action: str) -> str:
    """What was done, as it follows on a name: ``published a document``."""
    return AUDIT_WORDS.get(action, action.replace("_", " "))


def detail_words(details: Mapping[str, object]) -> str:
    """The details on one line: ``in review → published``, ``alien registration number; page 2``."""
    rest = {name: value for name, value in details.items() if value is not None and name not in _UNSAID}
    said = []
    if "kind" in rest:
        said.append(_value(rest.pop("kind")))
    if "from" in rest and "to" in rest:
        before, after = _value(rest.pop("from")), _value(rest.pop("to"))
        said += [f"{before} → {after}"] if before != after else []
    said += [f"{name.replace('_', ' ')} {_value(value)}" for name, value in rest.items()]
    return "; ".join(said)


def _value(value: object) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(_value(item) for item in value)
    return _VALUES.get(str(value), str(value))
