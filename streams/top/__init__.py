"""What `tocsin top` shows: pages of workers and the topic of alerts → one picture → a terminal."""
