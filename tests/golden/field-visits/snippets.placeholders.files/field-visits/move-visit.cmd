@echo off
setlocal
curl --silent --show-error --fail-with-body "https://api.example.com/field/visits/visits/3fa85f64-5717-4562-b3fc-2c963f66afa6" ^
  --request PATCH ^
  --header "Content-Type: application/merge-patch+json" ^
  --header "Authorization: Bearer YOUR_ACCESS_TOKEN" ^
  --data-raw "{""start"":""2026-03-02T09:00:00Z""}"
