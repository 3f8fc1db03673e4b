"""Small tries of companies, from a promise to what was learnt."""
