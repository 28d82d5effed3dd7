"""The samples, made once for all tests here."""

from __future__ import annotations

import pytest

from archive.samples import Sample, make_samples


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> tuple[Sample, ...]:
    return make_samples(tmp_path_factory.mktemp("samples"))
