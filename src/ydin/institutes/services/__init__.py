"""Use cases of institutes: pages, interest, demos, what came of them."""
