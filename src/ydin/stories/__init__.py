"""What worked, told in public with consent."""
