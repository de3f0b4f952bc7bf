curl.exe --silent --show-error --fail-with-body 'https://api.example.com/logistics/parcels/v1/parcels/3SABCD123456789/complaints' `
  --request POST `
  --header 'Content-Type: application/x-www-form-urlencoded' `
  --header 'Authorization: Bearer YOUR_ACCESS_TOKEN' `
  --data-urlencode 'reason=late' `
  --data-urlencode 'email=jan.jansen@example.com'
