#!/bin/sh
: "${CREDENTIAL_BEARER_TOKEN:?set it first}"
curl --silent --show-error --fail-with-body https://eu.events.example.com/v3/machine \
  --request GET \
  --header "Authorization: Bearer ${CREDENTIAL_BEARER_TOKEN}"
