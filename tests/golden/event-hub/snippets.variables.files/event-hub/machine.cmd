@echo off
setlocal
if not defined CREDENTIAL_BEARER_TOKEN (echo Set CREDENTIAL_BEARER_TOKEN first. 1>&2 & exit /b 1)
curl --silent --show-error --fail-with-body "https://eu.events.example.com/v3/machine" ^
  --request GET ^
  --header "Authorization: Bearer %CREDENTIAL_BEARER_TOKEN%"
