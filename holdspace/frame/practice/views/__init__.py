"""The pages of the practice: its choices, its members, its places, one's own, and the entrance."""
