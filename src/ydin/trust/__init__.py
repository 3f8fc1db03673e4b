"""Who did what and who may read what, told to those concerned."""
