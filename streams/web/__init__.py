"""The live page: what is kept for it, its JSON API, its stream of events, and the files of the page itself."""
