"""Sendable: what would hinder the first Send."""
