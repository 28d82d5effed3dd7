"""A process that searches in two threads until its standard input is closed; prints what was wrong."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

from archive.search.query import parse_query
from archive.search.whoosh_engine import WhooshEngine


def main() -> None:
    """Each answer must be the one page that is always there."""
    engine, stop = WhooshEngine(Path(sys.argv[1])), threading.Event()
    asked, wrong = [0, 0], list[str]()

    def search(number: int) -> None:
        query = parse_query("constant /5 word")
        while not stop.is_set() and len(wrong) < 5:
            try:
                found = engine.search(query, limit=5)
            except Exception as error:  # noqa: BLE001  whatever it is, the test must see it
                wrong.append(repr(error))
                continue
            hits = [(hit.document_id, hit.page_number) for hit in found.hits]
            if hits != [("steady", 1)] or found.total_pages != 1:
                wrong.append(repr(hits))
            asked[number] += 1

    threads = [threading.Thread(target=search, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    print("ready", flush=True)
    sys.stdin.read()
    stop.set()
    for thread in threads:
        thread.join()
    print(sum(asked), *wrong, sep="\n", flush=True)


if __name__ == "__main__":
    main()
