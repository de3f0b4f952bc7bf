#!/bin/sh
# CREDENTIAL_KEY stands in the address: give it percent-encoded.
: "${CREDENTIAL_KEY:?set it first}"
curl --silent --show-error --fail-with-body "https://eu.events.example.com/v3/topics?filter%5Bowner%5D=example&api_key=${CREDENTIAL_KEY}" \
  --request GET \
  --header 'Accept: application/json'
