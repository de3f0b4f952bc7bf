if (-not $env:LOGIN_TOKEN) { throw 'Set $env:LOGIN_TOKEN first.' }
curl.exe --fail-with-body 'https://eu.events.example.com/v3/me' `
  --request GET `
  --header "Authorization: Bearer ${env:LOGIN_TOKEN}"
