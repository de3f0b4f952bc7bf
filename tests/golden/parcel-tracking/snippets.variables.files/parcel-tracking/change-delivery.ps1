if (-not $env:ACCESS_TOKEN) { . "$PSScriptRoot/get-access-token.ps1" }
@'
{
  "delivery": {
    "kind": "home",
    "date": "2026-01-15"
  }
}
'@ | curl.exe --silent --show-error --fail-with-body 'https://api.example.com/logistics/parcels/v1/parcels/3SABCD123456789' `
  --request PATCH `
  --header 'Content-Type: application/json' `
  --header "Authorization: Bearer ${env:ACCESS_TOKEN}" `
  --data '@-'
