"""What is kept about people, and looking through it."""
