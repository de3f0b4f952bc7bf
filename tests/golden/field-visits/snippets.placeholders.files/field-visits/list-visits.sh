#!/bin/sh
curl --silent --show-error --fail-with-body 'https://api.example.com/field/visits/visits?engineer=E-1234&open=true' \
  --request GET \
  --header 'Accept: application/json' \
  --header 'Authorization: Bearer YOUR_ACCESS_TOKEN'
