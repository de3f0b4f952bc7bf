@echo off
setlocal
curl --silent --show-error --fail-with-body "https://api.example.com/logistics/parcels/v1/pickup-points?postalCode=1234%%20AB" ^
  --request GET ^
  --header "Accept: application/json" ^
  --header "Authorization: Bearer YOUR_ACCESS_TOKEN"
