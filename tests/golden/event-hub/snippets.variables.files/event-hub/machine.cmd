@echo off
setlocal
rem No request gets an access token for CREDENTIAL_BEARER_TOKEN: the specification names no usable token endpoint for its security scheme. Name one there, or with `--token-url`, and run sendready again; until then, get a token another way and fill it in.
if not defined CREDENTIAL_BEARER_TOKEN (echo Set CREDENTIAL_BEARER_TOKEN first. 1>&2 & exit /b 1)
curl --silent --show-error --fail-with-body "https://eu.events.example.com/v3/machine" ^
  --request GET ^
  --header "Authorization: Bearer %CREDENTIAL_BEARER_TOKEN%"
