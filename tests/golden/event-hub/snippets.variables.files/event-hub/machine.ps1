if (-not $env:BEARER_TOKEN) { throw 'Set $env:BEARER_TOKEN first.' }
curl.exe --fail-with-body 'https://eu.events.example.com/v3/machine' `
  --request GET `
  --header "Authorization: Bearer ${env:BEARER_TOKEN}"
