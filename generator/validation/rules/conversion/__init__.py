"""What only a conversion says: words of what stations after the check report; no rule here has a check."""
