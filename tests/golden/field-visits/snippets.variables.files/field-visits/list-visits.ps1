if (-not $env:ACCESS_TOKEN) { . "$PSScriptRoot/get-access-token.ps1" }
curl.exe --silent --show-error --fail-with-body 'https://api.example.com/field/visits/visits?engineer=E-1234&open=true' `
  --request GET `
  --header 'Accept: application/json' `
  --header "Authorization: Bearer ${env:ACCESS_TOKEN}"
