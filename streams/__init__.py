"""What moves the messages: the pure rooms, and the shell around them."""
