if (-not $env:CREDENTIAL_LOGIN_TOKEN) { throw 'Set $env:CREDENTIAL_LOGIN_TOKEN first.' }
curl.exe --silent --show-error --fail-with-body 'https://eu.events.example.com/v3/me' `
  --request GET `
  --header "Authorization: Bearer ${env:CREDENTIAL_LOGIN_TOKEN}"
