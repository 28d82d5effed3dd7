"""SQLAlchemy tables, one file an entity; only what one row can know."""

from archive.models.account import Account
from archive.models.agency import Agency
from archive.models.audit_entry import AuditEntry
from archive.models.base import Base
from archive.models.document import Document
from archive.models.field_proposal import FieldProposal
from archive.models.job import Job
from archive.models.outgoing_letter import OutgoingLetter
from archive.models.page import Page
from archive.models.place import Place
from archive.models.production import Production
from archive.models.saved_search import SavedSearch, SavedSearchSeen

__all__ = [
    "Account",
    "Agency",
    "AuditEntry",
    "Base",
    "Document",
    "FieldProposal",
    "Job",
    "OutgoingLetter",
    "Page",
    "Place",
    "Production",
    "SavedSearch",
    "SavedSearchSeen",
]
