"""Use cases of data rights; import from the file."""
