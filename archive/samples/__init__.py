"""Sample documents: written for this project, marked as samples on each page, the same bytes each time.

They tell one story, Secure Communities in two counties, in the papers a real request brings in, so
that a new archive has something in it that can be searched, read and cited.
"""

from __future__ import annotations

from archive.samples.maker import make_samples
from archive.samples.sample import Sample, SampleAgency, SamplePlace, SampleProduction

__all__ = ["Sample", "SampleAgency", "SamplePlace", "SampleProduction", "make_samples"]
