"""``python -m tests.jobs.copying HOME``: makes the copies that wait there, to be killed meanwhile."""

from __future__ import annotations

import sys
from pathlib import Path

from archive.jobs.copy_desk import CopyDesk
from archive.parts import opened_parts
from archive.settings import load_settings
from ingest.sandbox import Sandbox


def main(home: Path) -> None:
    """Say when the work begins."""
    with opened_parts(load_settings(home, environ={})) as parts, Sandbox(readers=1) as sandbox:
        desk = CopyDesk(parts.database, parts.storage, sandbox, home / "copies", parts.clock)
        print("ready", flush=True)
        desk.make_waiting()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
