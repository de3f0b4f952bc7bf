"""Descriptions of what the readers of text and the makers of requests report; no rule here has a check."""
