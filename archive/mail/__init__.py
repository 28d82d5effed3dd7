"""Where letters go: a mail server, or the log."""
