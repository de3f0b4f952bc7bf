curl.exe --silent --show-error --fail-with-body 'https://eu.events.example.com/v3/machine' `
  --request GET `
  --header 'Authorization: Bearer YOUR_BEARER_TOKEN'
