"""Pages of the diary and of single sessions."""
