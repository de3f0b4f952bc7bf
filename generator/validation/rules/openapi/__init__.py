"""Valid OpenAPI: what the specification says a document must be, beyond its official JSON Schema."""
