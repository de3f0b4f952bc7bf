#!/bin/sh
curl --silent --show-error --fail-with-body https://api.example.com/energy/meters/meters/1/readings \
  --request POST \
  --header 'Content-Type: application/json' \
  --header 'Authorization: Bearer YOUR_ACCESS_TOKEN' \
  --data-raw '{
  "value": 1042.7,
  "date": "2026-01-15"
}'
