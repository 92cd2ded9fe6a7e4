"""Articles that others post: what is read of a request, what is answered, and the process that serves it."""
