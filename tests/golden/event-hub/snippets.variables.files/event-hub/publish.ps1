if (-not $env:TENANT) { throw 'Set $env:TENANT first.' }
if (-not $env:BASIC_USERNAME) { throw 'Set $env:BASIC_USERNAME first.' }
if (-not $env:BASIC_PASSWORD) { throw 'Set $env:BASIC_PASSWORD first.' }
@'
{
  "id": "3fa85f64-5717-4562-b3fc-2c963f66afa6",
  "data": {
    "data": "example"
  },
  "level": "info"
}
'@ | curl.exe --fail-with-body 'https://eu.events.example.com/v3/topics/orders%2Fnew/events' `
  --request POST `
  --header 'Content-Type: application/json' `
  --header "X-Tenant: ${env:TENANT}" `
  --header ('Authorization: Basic ' + [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes("${env:BASIC_USERNAME}:${env:BASIC_PASSWORD}"))) `
  --data '@-'
