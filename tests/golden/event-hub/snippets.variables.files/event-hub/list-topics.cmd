@echo off
setlocal
rem CREDENTIAL_KEY stands in the address: give it percent-encoded.
if not defined CREDENTIAL_KEY (echo Set CREDENTIAL_KEY first. 1>&2 & exit /b 1)
curl --silent --show-error --fail-with-body "https://eu.events.example.com/v3/topics?filter%%5Bowner%%5D=example&api_key=%CREDENTIAL_KEY%" ^
  --request GET ^
  --header "Accept: application/json"
