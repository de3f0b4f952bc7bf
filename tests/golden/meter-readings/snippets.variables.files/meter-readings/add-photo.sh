#!/bin/sh
# Sends photo.bin: put the file of that name into the folder in which you run this.
[ -n "${ACCESS_TOKEN:-}" ] || . "$(dirname "$0")/get-access-token.sh" || exit 1
curl --silent --show-error --fail-with-body https://api.example.com/energy/meters/meters/1/photo \
  --request PUT \
  --header "Authorization: Bearer ${ACCESS_TOKEN}" \
  --form photo=@photo.bin
