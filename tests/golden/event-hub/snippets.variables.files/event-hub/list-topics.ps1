if (-not $env:KEY) { throw 'Set $env:KEY first.' }
curl.exe --fail-with-body "https://eu.events.example.com/v3/topics?filter%5Bowner%5D=example&api_key=${env:KEY}" `
  --request GET `
  --header 'Accept: application/json'
