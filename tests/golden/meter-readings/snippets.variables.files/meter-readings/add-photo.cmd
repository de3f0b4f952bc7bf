@echo off
setlocal
rem Sends photo.bin: put the file of that name into the folder in which you run this.
if not defined ACCESS_TOKEN call "%~dp0get-access-token.cmd"
if not defined ACCESS_TOKEN exit /b 1
curl --silent --show-error --fail-with-body "https://api.example.com/energy/meters/meters/1/photo" ^
  --request PUT ^
  --header "Authorization: Bearer %ACCESS_TOKEN%" ^
  --form "photo=@photo.bin"
