@echo off
setlocal
curl --silent --show-error --fail-with-body "https://eu.events.example.com/v3/me" ^
  --request GET ^
  --header "Authorization: Bearer YOUR_LOGIN_TOKEN"
