"""Auth flow: whether a client can get a token, and whether each operation says what it needs."""
