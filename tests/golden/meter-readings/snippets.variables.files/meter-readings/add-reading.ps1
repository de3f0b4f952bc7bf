if (-not $env:ACCESS_TOKEN) { . "$PSScriptRoot/get-access-token.ps1" }
@'
{
  "value": 1042.7,
  "date": "2026-01-15"
}
'@ | curl.exe --silent --show-error --fail-with-body 'https://api.example.com/energy/meters/meters/1/readings' `
  --request POST `
  --header 'Content-Type: application/json' `
  --header "Authorization: Bearer ${env:ACCESS_TOKEN}" `
  --data '@-'
