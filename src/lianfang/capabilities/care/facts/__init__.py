"""The kinds of fact about care: triage, hospitals, beds, transfers, expert teams."""
