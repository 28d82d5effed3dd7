"""Work that takes longer than a request: reading documents, with leases that survive a dead worker."""
