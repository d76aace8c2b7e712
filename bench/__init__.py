"""What the pages cost: a practice of a size is laid, its pages are asked, a floor stands beside."""
