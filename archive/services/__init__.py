"""Use cases: one function each. They take a session and ports, return values, and never commit."""
