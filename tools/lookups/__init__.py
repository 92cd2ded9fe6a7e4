"""From the tagger's data files to the look-up files that the engine loads."""
