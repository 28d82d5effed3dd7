"""What can go wrong around accounts. None of these tells whether an address has an account here, except to
those who manage accounts."""

from __future__ import annotations

from archive.errors import ArchiveError


class WrongSignIn(ArchiveError):
    """The address is unknown, its account closed, or the password wrong: all answer alike."""

    code = "wrong_sign_in"
    sentence = "The mail address and the password do not go together."
    help = "Try again, or ask for a new password."
    status = 401


class WrongCode(ArchiveError):
    code = "wrong_code"
    sentence = "This code does not count, or not any more."
    help = "Wait for the next code of your authenticator and write that. Check that its clock is right."
    status = 401


class TooManyTries(ArchiveError):
    """Said of every address alike, whether or not it has an account."""

    code = "too_many_tries"
    sentence = "There were too many tries in a short time."
    help = "Wait 15 minutes, then try again."
    status = 429


class UnfitPassword(ArchiveError):
    code = "unfit_password"
    sentence = "This cannot be a password here."
    help = "Three or four words that have nothing to do with each other are easy to keep in mind."
    status = 400
    exit_code = 2


class WrongPassword(ArchiveError):
    """Of somebody who is signed in."""

    code = "wrong_password"
    sentence = "This is not your password."
    help = "Write the password that you sign in with."
    status = 400


class AccountLinkNotValid(ArchiveError):
    """An invitation or a link for a new password: used, revoked, expired or forged. All answer alike."""

    code = "account_link_not_valid"
    sentence = "This link is not valid any more."
    help = "It may have been used already. Ask whoever runs this archive for a new one."
    status = 404


class AccountNotFound(ArchiveError):
    code = "account_not_found"
    sentence = "There is no such account."
    help = "Look at the list of accounts."
    status = 404
    exit_code = 2


class AccountExists(ArchiveError):
    code = "account_exists"
    sentence = "This address has an account already."
    help = "Change its role, or open it again if it is closed."
    status = 409
    exit_code = 2


class LastAdmin(ArchiveError):
    code = "last_admin"
    sentence = "This is the only admin account that is open."
    help = "Make somebody else an admin first."
    status = 409


class NameNeeded(ArchiveError):
    code = "name_needed"
    sentence = "The name is missing, or longer than 200 characters."
    help = "Write it as those who work with you will see it."
    status = 400


class CalendarNotFound(ArchiveError):
    """No such key, an old one, or one of a closed account: all answer alike."""

    code = "calendar_not_found"
    sentence = "There is nothing at this address."
    help = "Copy the address of your calendar again, or make a new one on the page of your account."
    status = 404
