@echo off
setlocal
if not defined CREDENTIAL_TENANT (echo Set CREDENTIAL_TENANT first. 1>&2 & exit /b 1)
if not defined CREDENTIAL_BASIC_USERNAME (echo Set CREDENTIAL_BASIC_USERNAME first. 1>&2 & exit /b 1)
if not defined CREDENTIAL_BASIC_PASSWORD (echo Set CREDENTIAL_BASIC_PASSWORD first. 1>&2 & exit /b 1)
curl --silent --show-error --fail-with-body "https://eu.events.example.com/v3/topics/orders%%2Fnew/events" ^
  --request POST ^
  --header "Content-Type: application/json" ^
  --header "X-Tenant: %CREDENTIAL_TENANT%" ^
  --variable %%CREDENTIAL_BASIC_USERNAME ^
  --variable %%CREDENTIAL_BASIC_PASSWORD ^
  --expand-user "{{CREDENTIAL_BASIC_USERNAME}}:{{CREDENTIAL_BASIC_PASSWORD}}" ^
  --data-raw "{""id"":""3fa85f64-5717-4562-b3fc-2c963f66afa6"",""data"":{""data"":""example""},""level"":""info""}"
