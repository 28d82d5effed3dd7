"""JSON, version 1: what the site shows, for programs."""
