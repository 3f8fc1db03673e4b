"""What the front, the group pages and the dashboards read."""
