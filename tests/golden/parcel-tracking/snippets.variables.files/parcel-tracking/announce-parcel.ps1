if (-not $env:ACCESS_TOKEN) { . "$PSScriptRoot/get-access-token.ps1" }
@'
{
  "sender": {
    "name": "Example",
    "street": "Voorbeeldstraat 1",
    "postalCode": "1234 AB",
    "city": "Amsterdam",
    "country": "NL"
  },
  "recipient": {
    "name": "Example",
    "street": "Voorbeeldstraat 1",
    "postalCode": "1234 AB",
    "city": "Amsterdam",
    "country": "NL",
    "email": "jan.jansen@example.com",
    "phone": "+31600012345"
  },
  "weight": 2.5
}
'@ | curl.exe --silent --show-error --fail-with-body 'https://api.example.com/logistics/parcels/v1/parcels' `
  --request POST `
  --header 'Accept: application/json' `
  --header 'Content-Type: application/json' `
  --header "Authorization: Bearer ${env:ACCESS_TOKEN}" `
  --data '@-'
