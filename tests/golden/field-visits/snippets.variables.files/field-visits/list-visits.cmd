@echo off
setlocal
if not defined ACCESS_TOKEN call "%~dp0get-access-token.cmd"
if not defined ACCESS_TOKEN exit /b 1
curl --silent --show-error --fail-with-body "https://api.example.com/field/visits/visits?engineer=E-1234&open=true" ^
  --request GET ^
  --header "Accept: application/json" ^
  --header "Authorization: Bearer %ACCESS_TOKEN%"
