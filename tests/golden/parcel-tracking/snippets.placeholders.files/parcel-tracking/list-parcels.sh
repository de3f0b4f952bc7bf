#!/bin/sh
curl --silent --show-error --fail-with-body 'https://api.example.com/logistics/parcels/v1/parcels?announced_after=2026-01-15' \
  --request GET \
  --header 'Accept: application/json' \
  --header 'Authorization: Bearer YOUR_ACCESS_TOKEN'
