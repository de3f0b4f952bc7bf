@echo off
setlocal
curl --silent --show-error --fail-with-body "https://api.example.com/logistics/parcels/v1/parcels/3SABCD123456789" ^
  --request PATCH ^
  --header "Content-Type: application/json" ^
  --header "Authorization: Bearer YOUR_ACCESS_TOKEN" ^
  --data-raw "{""delivery"":{""kind"":""home"",""date"":""2026-01-15""}}"
