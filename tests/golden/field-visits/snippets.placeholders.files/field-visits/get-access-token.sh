#!/bin/sh
ACCESS_TOKEN_RESPONSE=$(curl --silent --show-error --fail-with-body https://api.example.com/oauth/token \
  --request POST \
  --header 'Content-Type: application/x-www-form-urlencoded' \
  --header 'Accept: application/json' \
  --data-urlencode grant_type=client_credentials \
  --data-urlencode client_id=APP_CLIENT_ID \
  --data-urlencode client_secret=APP_CLIENT_SECRET \
  --data-urlencode scope=visits) &&
  ACCESS_TOKEN=$(printf %s "$ACCESS_TOKEN_RESPONSE" | sed -n 's/.*"access_token"[[:space:]]*:[[:space:]]*"\([^"]*\)".*/\1/p') &&
  [ -n "$ACCESS_TOKEN" ] || { printf '%s\n' "$ACCESS_TOKEN_RESPONSE" >&2; false; } &&
  case "${ZSH_EVAL_CONTEXT:-}:$0" in
    *:file:*) ;;
    *:get-access-token.sh | */get-access-token.sh) echo 'A token was issued, but ACCESS_TOKEN ends with this script. To keep it in your shell:  . ./get-access-token.sh' >&2 ;;
  esac
