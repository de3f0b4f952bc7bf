#!/bin/sh
curl --silent --show-error --fail-with-body https://eu.events.example.com/v3/topics/orders%2Fnew/events \
  --request POST \
  --header 'Content-Type: application/json' \
  --header 'X-Tenant: YOUR_TENANT' \
  --user YOUR_BASIC_USERNAME:YOUR_BASIC_PASSWORD \
  --data-raw '{
  "id": "3fa85f64-5717-4562-b3fc-2c963f66afa6",
  "data": {
    "data": "example"
  },
  "level": "info"
}'
