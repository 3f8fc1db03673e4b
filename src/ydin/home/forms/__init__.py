"""What people type on the public site."""
