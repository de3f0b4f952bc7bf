@echo off
if not defined CLIENT_ID (echo Set CLIENT_ID first. 1>&2 & exit /b 1)
if not defined CLIENT_SECRET (echo Set CLIENT_SECRET first. 1>&2 & exit /b 1)
for %%v in (CLIENT_ID CLIENT_SECRET) do @if not defined %%v echo Set %%v first. 1>&2
set "ACCESS_TOKEN="
for /f "delims=" %%t in ('curl --silent --show-error --fail-with-body "https://api.example.com/oauth/token" ^
  --request POST ^
  --header "Content-Type: application/x-www-form-urlencoded" ^
  --header "Accept: application/json" ^
  --data-urlencode "grant_type=client_credentials" ^
  --variable %%CLIENT_ID ^
  --expand-data "client_id={{CLIENT_ID:url}}" ^
  --variable %%CLIENT_SECRET ^
  --expand-data "client_secret={{CLIENT_SECRET:url}}" ^| powershell -NoProfile -Command "$answer = $input | Out-String; $token = ($answer | ConvertFrom-Json).access_token; if ($token) { $token } else { [Console]::Error.Write($answer) }"') do @set "ACCESS_TOKEN=%%t"
if not defined ACCESS_TOKEN cmd /c exit 1
