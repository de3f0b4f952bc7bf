if (-not $env:CREDENTIAL_TENANT) { throw 'Set $env:CREDENTIAL_TENANT first.' }
if (-not $env:CREDENTIAL_BASIC_USERNAME) { throw 'Set $env:CREDENTIAL_BASIC_USERNAME first.' }
if (-not $env:CREDENTIAL_BASIC_PASSWORD) { throw 'Set $env:CREDENTIAL_BASIC_PASSWORD first.' }
@'
{
  "id": "3fa85f64-5717-4562-b3fc-2c963f66afa6",
  "data": {
    "data": "example"
  },
  "level": "info"
}
'@ | curl.exe --silent --show-error --fail-with-body 'https://eu.events.example.com/v3/topics/orders%2Fnew/events' `
  --request POST `
  --header 'Content-Type: application/json' `
  --header "X-Tenant: ${env:CREDENTIAL_TENANT}" `
  --header ('Authorization: Basic ' + [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes("${env:CREDENTIAL_BASIC_USERNAME}:${env:CREDENTIAL_BASIC_PASSWORD}"))) `
  --data '@-'
