@echo off
setlocal
rem YOUR_KEY stands in the address: give it percent-encoded.
curl --silent --show-error --fail-with-body "https://eu.events.example.com/v3/topics?filter%%5Bowner%%5D=example&api_key=YOUR_KEY" ^
  --request GET ^
  --header "Accept: application/json"
