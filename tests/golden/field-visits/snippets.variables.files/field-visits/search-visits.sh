#!/bin/sh
[ -n "${ACCESS_TOKEN:-}" ] || . "$(dirname "$0")/get-access-token.sh" || exit 1
curl --silent --show-error --fail-with-body https://api.example.com/field/visits/visits \
  --request QUERY \
  --header 'Accept: application/json' \
  --header 'Content-Type: application/json' \
  --header "Authorization: Bearer ${ACCESS_TOKEN}" \
  --data-raw '{
  "from": "2026-01-15",
  "to": "2026-01-15",
  "skills": [
    "fibre"
  ]
}'
