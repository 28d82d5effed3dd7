"""What leaves the archive as a file for other programs: spreadsheets and feeds."""
