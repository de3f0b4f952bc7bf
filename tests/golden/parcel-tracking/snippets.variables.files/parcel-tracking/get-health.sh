#!/bin/sh
curl --silent --show-error --fail-with-body https://api.example.com/logistics/parcels/v1/health \
  --request GET \
  --header 'Accept: application/json'
