"""The token's command for cmd: what the models read of it, a curl of 8.3 or newer sends, whatever the secret holds."""

import json
import os
import subprocess

import pytest

from generator.pipeline import ClientAuthentication, Options, snippet_list
from tests.e2e.conftest import CLIENT_ID, CLIENT_SECRET
from tests.skips import NEW_CURL, new_curl
from tests.snippets.httpyac import token_document
from tests.snippets.windows_cmd import arguments_of, read_by_cmd

pytestmark = pytest.mark.e2e


def send(loopback, authentication, *, batch: bool, **environment: str) -> subprocess.CompletedProcess:
    """Send the token request with the arguments that curl gets from cmd."""
    curl = new_curl() or pytest.skip(NEW_CURL)
    listed = snippet_list(token_document(loopback.address), Options(client_authentication=authentication)).value
    assert listed is not None
    text = listed[0].batch if batch else listed[0].snippets["cmd"]
    pipe = read_by_cmd(text, {}, batch=batch)[0]
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    command = [curl, *arguments_of(pipe[0])]
    return subprocess.run(command, capture_output=True, check=False, env={**kept, **environment}, timeout=60)


@pytest.mark.parametrize("batch", [False, True], ids=["prompt", "batch"])
@pytest.mark.parametrize("authentication", list(ClientAuthentication))
def test_curl_reads_the_credentials_itself(authentication, batch, loopback):
    """Any secret reaches the token endpoint as it is, and the answer has the token."""
    loopback.decode_basic = authentication is ClientAuthentication.BASIC
    done = send(loopback, authentication, batch=batch, CLIENT_ID=CLIENT_ID, CLIENT_SECRET=CLIENT_SECRET)
    assert json.loads(done.stdout)["access_token"] == "tok1", (done.stdout, done.stderr, loopback.received)


def test_curl_refuses_what_is_not_set(loopback):
    """Without a secret curl sends nothing; the line before it names the variable."""
    done = send(loopback, ClientAuthentication.BODY, batch=False, CLIENT_ID=CLIENT_ID)
    assert done.returncode != 0
    assert b"variable" in done.stderr
    assert loopback.received == []
