if (-not $env:ACCESS_TOKEN) { . "$PSScriptRoot/get-access-token.ps1" }
curl.exe --silent --show-error --fail-with-body 'https://api.example.com/logistics/parcels/v1/parcels?announced_after=2026-01-15' `
  --request GET `
  --header 'Accept: application/json' `
  --header "Authorization: Bearer ${env:ACCESS_TOKEN}"
