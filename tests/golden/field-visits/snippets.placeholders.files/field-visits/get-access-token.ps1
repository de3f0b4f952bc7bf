curl.exe --silent --show-error --fail-with-body 'https://api.example.com/oauth/token' `
  --request POST `
  --header 'Content-Type: application/x-www-form-urlencoded' `
  --header 'Accept: application/json' `
  --data-urlencode 'grant_type=client_credentials' `
  --data-urlencode 'client_id=APP_CLIENT_ID' `
  --data-urlencode 'client_secret=APP_CLIENT_SECRET' `
  --data-urlencode 'scope=visits'
