@echo off
setlocal
if not defined TENANT (echo Set TENANT first. 1>&2 & exit /b 1)
if not defined BASIC_USERNAME (echo Set BASIC_USERNAME first. 1>&2 & exit /b 1)
if not defined BASIC_PASSWORD (echo Set BASIC_PASSWORD first. 1>&2 & exit /b 1)
curl --fail-with-body "https://eu.events.example.com/v3/topics/orders%%2Fnew/events" ^
  --request POST ^
  --header "Content-Type: application/json" ^
  --header "X-Tenant: %TENANT%" ^
  --variable %%BASIC_USERNAME ^
  --variable %%BASIC_PASSWORD ^
  --expand-user "{{BASIC_USERNAME}}:{{BASIC_PASSWORD}}" ^
  --data-raw "{""id"":""3fa85f64-5717-4562-b3fc-2c963f66afa6"",""data"":{""data"":""example""},""level"":""info""}"
