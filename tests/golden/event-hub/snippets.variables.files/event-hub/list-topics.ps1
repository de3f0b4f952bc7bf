# CREDENTIAL_KEY stands in the address: give it percent-encoded.
if (-not $env:CREDENTIAL_KEY) { throw 'Set $env:CREDENTIAL_KEY first.' }
curl.exe --silent --show-error --fail-with-body "https://eu.events.example.com/v3/topics?filter%5Bowner%5D=example&api_key=${env:CREDENTIAL_KEY}" `
  --request GET `
  --header 'Accept: application/json'
