#!/bin/sh
curl --silent --show-error --fail-with-body https://eu.events.example.com/v3/topics/orders%2Fnew/events \
  --request GET \
  --header 'Accept: application/json'
