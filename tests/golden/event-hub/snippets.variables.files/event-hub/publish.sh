#!/bin/sh
: "${CREDENTIAL_TENANT:?set it first}"
: "${CREDENTIAL_BASIC_USERNAME:?set it first}"
: "${CREDENTIAL_BASIC_PASSWORD:?set it first}"
curl --silent --show-error --fail-with-body https://eu.events.example.com/v3/topics/orders%2Fnew/events \
  --request POST \
  --header 'Content-Type: application/json' \
  --header "X-Tenant: ${CREDENTIAL_TENANT}" \
  --user "${CREDENTIAL_BASIC_USERNAME}:${CREDENTIAL_BASIC_PASSWORD}" \
  --data-raw '{
  "id": "3fa85f64-5717-4562-b3fc-2c963f66afa6",
  "data": {
    "data": "example"
  },
  "level": "info"
}'
