@echo off
setlocal
rem Sends photo.bin: put the file of that name into the folder in which you run this.
curl --silent --show-error --fail-with-body "https://api.example.com/energy/meters/meters/1/photo" ^
  --request PUT ^
  --header "Authorization: Bearer YOUR_ACCESS_TOKEN" ^
  --form "photo=@photo.bin"
