"""What the front and the dashboards say, put together from rows."""
