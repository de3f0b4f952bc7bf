@echo off
setlocal
curl --silent --show-error --fail-with-body "https://api.example.com/energy/meters/meters?kinds=gas" ^
  --request GET ^
  --header "Accept: application/json" ^
  --header "Authorization: Bearer YOUR_ACCESS_TOKEN"
