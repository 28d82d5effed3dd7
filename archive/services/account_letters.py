"""Letters about accounts: an invitation, and a way to a new password. They carry a link, and so a secret:
they are sent at once and are kept nowhere."""

from __future__ import annotations

from urllib.parse import urlsplit

from markupsafe import Markup

from archive.models import AccountLink
from archive.ports import Letter
from archive.rules.account_addresses import invitation_path, reset_path
from archive.rules.statuses import LinkKind
from archive.services.account_links import link_token


def account_letter(link: AccountLink, *, site_name: str, base_url: str, key: str) -> Letter:
    """The letter with this link."""
    token = link_token(link, key)
    until = f"{link.expires_at.day} {link.expires_at:%B %Y, %H:%M} UTC"
    if link.kind is LinkKind.INVITATION:
        address = base_url + invitation_path(token)
        subject = f"An account at {site_name}"
        said = f"You are invited to work at {site_name} as {_with_article(str(link.role or 'member'))}."
        what = f"Choose a name and a password here. The link can be used once, until {until}:"
        otherwise = "If you did not expect this, do nothing."
    else:
        address = base_url + reset_path(token)
        subject = f"A new password for {site_name}"
        said = f"Somebody, probably you, asked {site_name} for a new password."
        what = f"Set it here. The link can be used once, until {until}:"
        otherwise = "If it was not you, do nothing: your password stays as it is."
    text = "\n\n".join([said, what, address, otherwise, base_url]) + "\n"
    html = Markup('<p>{0}</p>\n<p>{1}</p>\n<p><a href="{2}">{2}</a></p>\n<p>{3}</p>\n').format(
        said, what, address, otherwise
    )
    host = urlsplit(base_url).hostname or "localhost"
    return Letter(link.email, subject, text, str(html), f"<{link.kind}.{link.id}@{host}>")


def _with_article(role: str) -> str:
    return f"{'an' if role[0] in 'aeiou' else 'a'} {role}"
