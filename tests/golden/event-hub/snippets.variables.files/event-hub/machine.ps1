if (-not $env:CREDENTIAL_BEARER_TOKEN) { throw 'Set $env:CREDENTIAL_BEARER_TOKEN first.' }
curl.exe --silent --show-error --fail-with-body 'https://eu.events.example.com/v3/machine' `
  --request GET `
  --header "Authorization: Bearer ${env:CREDENTIAL_BEARER_TOKEN}"
