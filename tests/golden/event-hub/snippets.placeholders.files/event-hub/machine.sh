#!/bin/sh
# No request gets an access token for YOUR_BEARER_TOKEN: the specification names no usable token endpoint for its security scheme. Name one there, or with `--token-url`, and run sendready again; until then, get a token another way and fill it in.
curl --silent --show-error --fail-with-body https://eu.events.example.com/v3/machine \
  --request GET \
  --header 'Authorization: Bearer YOUR_BEARER_TOKEN'
