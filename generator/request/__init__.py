"""From operations to requests: `values` is what a request is, `build` makes them."""
