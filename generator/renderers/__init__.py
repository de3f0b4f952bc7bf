"""One module a target; `RENDERERS` in `pipeline` names them."""
