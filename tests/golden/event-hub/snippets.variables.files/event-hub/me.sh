#!/bin/sh
: "${CREDENTIAL_LOGIN_TOKEN:?set it first}"
curl --silent --show-error --fail-with-body https://eu.events.example.com/v3/me \
  --request GET \
  --header "Authorization: Bearer ${CREDENTIAL_LOGIN_TOKEN}"
