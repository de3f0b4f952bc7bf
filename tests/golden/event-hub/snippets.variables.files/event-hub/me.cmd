@echo off
setlocal
if not defined CREDENTIAL_LOGIN_TOKEN (echo Set CREDENTIAL_LOGIN_TOKEN first. 1>&2 & exit /b 1)
curl --silent --show-error --fail-with-body "https://eu.events.example.com/v3/me" ^
  --request GET ^
  --header "Authorization: Bearer %CREDENTIAL_LOGIN_TOKEN%"
