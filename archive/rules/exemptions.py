"""What the exemptions of the Freedom of Information Act and the Privacy Act protect, in few words."""

from __future__ import annotations

import re

# 5 U.S.C. 552(b); 5 U.S.C. 552a(d)(5), (j), (k).
EXEMPTION_WORDS: dict[str, str] = {
    "b1": "national defense and foreign policy",
    "b2": "internal personnel rules",
    "b3": "withheld by another statute",
    "b4": "trade secrets and commercial information",
    "b5": "privileged memoranda between or within agencies",
    "b6": "personal privacy",
    "b7": "law enforcement records",
    "b7a": "interference with enforcement proceedings",
    "b7b": "fair trial",
    "b7c": "personal privacy in law enforcement records",
    "b7d": "confidential sources",
    "b7e": "law enforcement techniques",
    "b7f": "life or physical safety",
    "b8": "supervision of financial institutions",
    "b9": "wells",
    "j1": "records of the Central Intelligence Agency (Privacy Act)",
    "j2": "criminal law enforcement records (Privacy Act)",
    "k1": "classified records (Privacy Act)",
    "k2": "investigatory records (Privacy Act)",
    "k3": "protection of the President and others (Privacy Act)",
    "k4": "statistical records (Privacy Act)",
    "k5": "suitability for federal employment (Privacy Act)",
    "k6": "testing material (Privacy Act)",
    "k7": "evaluation for promotion in the armed services (Privacy Act)",
}
_CODE = re.compile(r"([a-z])(\d)([a-z]?)")


def format_exemption(code: str) -> str:
    """The one spelling as lawyers write it: ``b7e`` is ``(b)(7)(E)``. Anything else stays as it is."""
    match = _CODE.fullmatch(code)
    if match is None:
        return code
    return f"({match[1]})({match[2]})" + (f"({match[3].upper()})" if match[3] else "")
