"""Feeds → articles: read, told apart from what was seen before, polled by the rhythm of each."""
