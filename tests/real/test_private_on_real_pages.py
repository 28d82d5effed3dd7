"""Released records hold little that is private: what is found in the corpus is counted, and stays rare."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

from archive.rules.privacy import find_private
from archive.rules.statuses import FindingKind

MOST_IN_A_HUNDRED_PAGES = 5.0


@pytest.mark.real
def test_few_false_alarms_on_released_records(corpus: Path) -> None:
    pages, found = 0, Counter[FindingKind]()
    for path in sorted(corpus.glob("*.pdf")):
        document = PdfDocument(path)
        for page in document:
            pages += 1
            text = page.get_textpage().get_text_range().replace("\r\n", "\n")
            found.update(span.kind for span in find_private(text))
        document.close()
    assert pages > 300
    assert found[FindingKind.SOCIAL_SECURITY_NUMBER] == 0
    assert found[FindingKind.ALIEN_NUMBER] == 0
    assert 100 * found.total() / pages <= MOST_IN_A_HUNDRED_PAGES, found
