"""Django database engine: PostgreSQL, with the acting person set where each transaction begins."""
