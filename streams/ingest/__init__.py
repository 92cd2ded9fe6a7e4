"""Sources → articles, and articles → the topic."""
