#!/bin/sh
[ -n "${ACCESS_TOKEN:-}" ] || . "$(dirname "$0")/get-access-token.sh" || exit 1
curl --silent --show-error --fail-with-body 'https://api.example.com/energy/meters/meters?kinds=gas' \
  --request GET \
  --header 'Accept: application/json' \
  --header "Authorization: Bearer ${ACCESS_TOKEN}"
