"""SQLAlchemy tables, one file an entity; only what one row can know."""

from archive.models.account import Account
from archive.models.agency import Agency
from archive.models.audit_entry import AuditEntry
from archive.models.base import Base
from archive.models.citation import Citation
from archive.models.citing_work import CitingWork
from archive.models.collection import Collection, CollectionItem
from archive.models.document import Document
from archive.models.field_proposal import FieldProposal
from archive.models.finding import DocumentCopy, Finding, RedactionBox
from archive.models.foia_request import (
    FoiaRequest,
    RequestDate,
    RequestEvent,
    RequestFile,
    RequestPerson,
    RequestStanding,
    TrackingNumber,
)
from archive.models.job import Job
from archive.models.old_slug import OldSlug
from archive.models.outgoing_letter import OutgoingLetter
from archive.models.page import Page
from archive.models.place import Place
from archive.models.production import Production
from archive.models.record_match import LaterRelease, RecordMatch, SketchedPage, SketchHash
from archive.models.redaction import Redaction
from archive.models.request_letter import RequestLetter, RequestReminder
from archive.models.request_mail import RequestMail
from archive.models.saved_search import SavedSearch, SavedSearchSeen
from archive.models.sign_in import AccountLink, ApiToken, Attempts, RecoveryCode, SignIn
from archive.models.upload import Upload, UploadBatch
from archive.models.vaughn_index import VaughnEntry, VaughnIndex
from archive.models.working_notes import DocumentNote, FieldChange

__all__ = [
    "Account",
    "AccountLink",
    "Agency",
    "ApiToken",
    "Attempts",
    "AuditEntry",
    "Base",
    "Citation",
    "CitingWork",
    "Collection",
    "CollectionItem",
    "Document",
    "DocumentCopy",
    "DocumentNote",
    "FieldChange",
    "FieldProposal",
    "Finding",
    "FoiaRequest",
    "Job",
    "LaterRelease",
    "OldSlug",
    "OutgoingLetter",
    "Page",
    "Place",
    "Production",
    "RecordMatch",
    "RecoveryCode",
    "Redaction",
    "RedactionBox",
    "RequestDate",
    "RequestEvent",
    "RequestFile",
    "RequestLetter",
    "RequestMail",
    "RequestPerson",
    "RequestReminder",
    "RequestStanding",
    "SavedSearch",
    "SavedSearchSeen",
    "SignIn",
    "SketchHash",
    "SketchedPage",
    "TrackingNumber",
    "Upload",
    "UploadBatch",
    "VaughnEntry",
    "VaughnIndex",
]
