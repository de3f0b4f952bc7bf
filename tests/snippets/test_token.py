"""The snippets that get a token: any character of a secret reaches the token endpoint, in each shell."""

import base64
import itertools
import json
import re
import urllib.parse

import pytest

from generator.pipeline import ClientAuthentication, Options, SnippetFormat, snippets
from generator.renderers.cmd import spell_batch
from tests.conftest import OK, api, document_of
from tests.snippets import windows_powershell as ps
from tests.snippets.windows_cmd import arguments_of, read_by_cmd, split_by_c

SECRET = "s3cr&t=+%/é\"'\\ $x `y` ^|<> {{z}} “q” 😀 end\\"
AUTHENTICATIONS = list(ClientAuthentication)


def made(authentication: ClientAuthentication) -> dict[str, str]:
    """Return the snippets of the token request, by shell."""
    flow = {"tokenUrl": "https://id.example/token", "scopes": {"a b": ""}}
    tree = api(
        {"/one": {"get": {"responses": OK}}},
        security=[{"o": []}],
        components={"securitySchemes": {"o": {"type": "oauth2", "flows": {"clientCredentials": flow}}}},
    )
    text = snippets(document_of(tree), Options(client_authentication=authentication), SnippetFormat.JSON).value
    return json.loads(text or "")[0]["snippets"]


def credentials(arguments: list[str]) -> tuple[str, str]:
    """Return client identifier and secret as the token endpoint reads them."""
    data = [value for name, value in itertools.pairwise(arguments) if name == "--data-raw"]
    form = dict(urllib.parse.parse_qsl("&".join(data)))
    if "client_id" in form:
        return form["client_id"], form["client_secret"]
    if "--user" in arguments:
        pair = arguments[arguments.index("--user") + 1]
        return tuple(urllib.parse.unquote(part) for part in pair.split(":", 1))  # type: ignore[return-value]
    header = next(value for value in arguments if value.startswith("Authorization: Basic "))
    return tuple(base64.b64decode(header.split()[-1]).decode().split(":", 1))  # type: ignore[return-value]


@pytest.mark.parametrize("version", [ps.LEGACY_51, ps.LEGACY_72, ps.STANDARD])
@pytest.mark.parametrize("authentication", AUTHENTICATIONS)
def test_powershell_carries_any_secret(authentication, version, tmp_path):
    """The secret arrives as it is, and the token of the answer goes into the variable."""
    calls: list[ps.Call] = []

    def run(call: ps.Call) -> str:
        calls.append(call)
        return '{"access_token": "tok1", "expires_in": 3599}'

    environment = {"CLIENT_ID": "my id", "CLIENT_SECRET": SECRET}
    script = ps.Script(made(authentication)["powershell"], environment, version, run, tmp_path)
    assert credentials(calls[0].arguments) == ("my id", SECRET)
    assert script.variables["env:ACCESS_TOKEN"] == "tok1"


@pytest.mark.parametrize("authentication", AUTHENTICATIONS)
def test_powershell_refuses_and_tells(authentication, tmp_path):
    """Without a secret nothing runs; a refusal's words are thrown, so that a script ends there."""
    text = made(authentication)["powershell"]
    answer = '{"error": "invalid_client"}'
    environment = {"CLIENT_ID": "my id"}
    with pytest.raises(ps.ThrownError, match=r"Set \$env:CLIENT_ID and \$env:CLIENT_SECRET first"):
        ps.Script(text, environment, ps.LEGACY_51, lambda call: pytest.fail("was sent"), tmp_path)
    environment["CLIENT_SECRET"] = SECRET
    with pytest.raises(ps.ThrownError, match="invalid_client"):
        ps.Script(text, environment, ps.LEGACY_51, lambda call: answer, tmp_path, status=22)


def test_cmd_tells_why_there_is_no_token():
    """What is no token goes to standard error, an old token is forgotten, and the status says that there is none."""
    text = made(ClientAuthentication.BODY)["cmd"]
    lines = text.split("\n")
    assert lines[0] == "for %v in (CLIENT_ID CLIENT_SECRET) do @if not defined %v echo Set %v first. 1>&2"
    assert lines[1] == 'set "ACCESS_TOKEN="'
    assert lines[-1] == "if not defined ACCESS_TOKEN cmd /c exit 1"
    reader = split_by_c(read_by_cmd(text, {}, batch=False)[0][1].strip())
    assert reader[:3] == ["powershell", "-NoProfile", "-Command"]
    assert "else { [Console]::Error.Write($answer) }" in reader[3]


@pytest.mark.parametrize("authentication", AUTHENTICATIONS)
def test_cmd_leaves_the_secret_to_curl(authentication):
    """At the prompt, curl is told the names of the variables; no value of theirs passes through cmd."""
    environment = {"CLIENT_ID": "my id", "CLIENT_SECRET": SECRET}
    curl, reader = read_by_cmd(made(authentication)["cmd"], environment, batch=False)[0]
    arguments = arguments_of(curl)
    assert {"%CLIENT_ID", "%CLIENT_SECRET"} <= set(arguments)
    expanded = " ".join(arguments)
    function = "" if authentication is ClientAuthentication.BASIC_RAW else ":url"
    assert f"{{{{CLIENT_SECRET{function}}}}}" in expanded
    assert split_by_c(reader.strip())[0] == "powershell"
    assert "s3cr" not in expanded


def test_the_batch_form_doubles_what_the_prompt_does_not():
    """In a batch file the loop's variable and the names for curl have two percent signs, shell variables one."""
    from generator.renderers.command import Command, FormArgument, Option
    from generator.request.values import Variable

    field = FormArgument(name="client_id", value=(Variable(name="CLIENT_ID"),))
    options = (Option(name="--data-urlencode", argument=field),)
    text = spell_batch(Command(url=("https://id.example/t?x=%20",), options=options, token="ACCESS_TOKEN")).text
    assert "%%t in (" in text
    assert '"ACCESS_TOKEN=%%t"' in text
    assert "--variable %%CLIENT_ID" in text
    assert "x=%%20" in text
    parts = read_by_cmd(text, {"CLIENT_ID": "x"}, batch=True)[0]
    assert "%CLIENT_ID" in arguments_of(parts[0])
    assert not re.search("%%", parts[0])
