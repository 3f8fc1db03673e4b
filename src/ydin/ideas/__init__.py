"""What members want looked into: themes, questions, tools; who takes them up, and talks that experts offer."""
