"""The only door for writing about screening. Visits come in as facts, by the record's own door."""
