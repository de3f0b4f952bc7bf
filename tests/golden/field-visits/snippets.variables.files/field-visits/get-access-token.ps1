if (-not ($env:CLIENT_ID -and $env:CLIENT_SECRET)) { throw 'Set $env:CLIENT_ID and $env:CLIENT_SECRET first.' }
$response = curl.exe --silent --show-error --fail-with-body 'https://api.example.com/oauth/token' `
  --request POST `
  --header 'Content-Type: application/x-www-form-urlencoded' `
  --header 'Accept: application/json' `
  --data-urlencode 'grant_type=client_credentials' `
  --data-raw ('client_id=' + [uri]::EscapeDataString($env:CLIENT_ID)) `
  --data-raw ('client_secret=' + [uri]::EscapeDataString($env:CLIENT_SECRET)) `
  --data-urlencode 'scope=visits'
if ($LASTEXITCODE) { throw "No access token: $response" }
$env:ACCESS_TOKEN = ($response | ConvertFrom-Json).access_token
