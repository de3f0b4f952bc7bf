if (-not $env:ACCESS_TOKEN) { . "$PSScriptRoot/get-access-token.ps1" }
@'
{
  "from": "2026-01-15",
  "to": "2026-01-15",
  "skills": [
    "fibre"
  ]
}
'@ | curl.exe --silent --show-error --fail-with-body 'https://api.example.com/field/visits/visits' `
  --request QUERY `
  --header 'Accept: application/json' `
  --header 'Content-Type: application/json' `
  --header "Authorization: Bearer ${env:ACCESS_TOKEN}" `
  --data '@-'
