#!/bin/sh
[ -n "${ACCESS_TOKEN:-}" ] || . "$(dirname "$0")/get-access-token.sh" || exit 1
curl --silent --show-error --fail-with-body 'https://api.example.com/logistics/parcels/v1/parcels?announced_after=2026-01-15' \
  --request GET \
  --header 'Accept: application/json' \
  --header "Authorization: Bearer ${ACCESS_TOKEN}"
