"""Reading for drills and for what might come: the viewer comes first."""
