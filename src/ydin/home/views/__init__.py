"""The public site and the dashboards."""
