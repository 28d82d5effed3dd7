"""What can be in the way of a file that somebody sends."""

from __future__ import annotations

from archive.errors import ArchiveError


class UploadNotFound(ArchiveError):
    """Absent ones and other people's answer alike."""

    code = "upload_not_found"
    sentence = "There is no such file on its way."
    help = "Choose the file again on the upload page."
    status = 404


class UploadBatchNotFound(ArchiveError):
    """Absent ones and other people's answer alike."""

    code = "upload_batch_not_found"
    sentence = "You have no upload at this address."
    help = "See your uploads on the upload page."
    status = 404


class UploadOver(ArchiveError):
    """It was given up, refused or not finished in time: nothing can be added to it."""

    code = "upload_over"
    sentence = "This upload is over."
    help = "Choose the file again on the upload page."
    status = 410


class UploadFinished(ArchiveError):
    code = "upload_finished"
    sentence = "This file is in the archive's keeping and cannot be taken back by sending."
    help = "Ask an editor if it should not be here."
    status = 409


class UploadOffsetWrong(ArchiveError):
    code = "upload_offset_wrong"
    sentence = "These bytes do not follow what has arrived of this file."
    help = "Ask how much has arrived, and go on from there."
    status = 409


class UploadTooLarge(ArchiveError):
    code = "upload_too_large"
    sentence = "This file is larger than this archive takes."
    help = "Split it, or ask an admin to bring it in on the server itself."
    status = 413


class UploadQuotaUsedUp(ArchiveError):
    code = "upload_quota_used_up"
    sentence = "With this file you would send more than you may in 30 days."
    help = "Go on later, or ask an admin for more room."
    status = 413


class UploadMalformed(ArchiveError):
    code = "upload_malformed"
    sentence = "This request does not follow the tus protocol."
    help = "See tus.io for resumable uploads, version 1.0."
    status = 400


class NoFilesChosen(ArchiveError):
    code = "no_files_chosen"
    sentence = "No file was chosen."
    help = "Choose one file or several, then send them."
    status = 400
