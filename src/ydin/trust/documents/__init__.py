"""What the pages say, in sentences and as tables."""
