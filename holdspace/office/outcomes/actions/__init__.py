"""What can be done in the outcomes room: one verb for each change."""
