"""The token of a `.http` file: what one request gets, the others send."""

import json

import pytest

from generator.pipeline import ClientAuthentication, Options, SnippetFormat, snippet_page
from tests.snippets.httpyac import httpyac, token_document, write

pytestmark = pytest.mark.e2e


@pytest.mark.parametrize("query", ["", "?grant_type=client_credentials"])
@pytest.mark.parametrize("authentication", list(ClientAuthentication))
def test_the_token_goes_from_one_request_to_the_others(authentication, query, loopback, tmp_path):
    """In a client that reads environments and runs response handlers, the second request carries the first's token."""
    options = Options(client_authentication=authentication)
    made = snippet_page(token_document(loopback.address, query), options, SnippetFormat.HTTP_JETBRAINS).value
    assert made is not None
    write(made, tmp_path)
    secret = {"CLIENT_ID": "my-id", "CLIENT_SECRET": "s3cr%26t"}
    (tmp_path / "http-client.private.env.json").write_text(json.dumps({"mine": secret}))
    loopback.token_answer = {"access_token": "tok1", "token_type": "Bearer"}
    done = httpyac(tmp_path, "--env", "mine")
    token, call = loopback.received
    assert call["headers"].get("authorization") == "Bearer tok1", done.stdout.decode()
    if authentication is ClientAuthentication.BODY:
        assert b"client_id=my-id&client_secret=s3cr%26t" in token["body"]
    else:
        assert token["headers"]["authorization"] == "Basic bXktaWQ6czNjciUyNnQ="
    assert (b"grant_type" in token["body"]) == (not query)
    assert "s3cr" not in made.text
