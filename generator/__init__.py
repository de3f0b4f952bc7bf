"""From an OpenAPI specification to a Postman collection that works on the first Send.

The package's rooms, in the way of the data: source -> document -> validation -> readers (model) -> auth -> request
-> renderers -> output.  ``pipeline`` is that way, written down.
"""

__version__ = "0.1.0"
