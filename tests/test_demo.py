"""The demo is honest: its server judges each request by the specification, and one that it refuses fails the demo."""

import copy
import importlib.util

import pytest
import yaml

from tests.skips import CURL, POSIX, REPOSITORY, program

SAMPLE = REPOSITORY / "specs/parcel-tracking.yaml"
DOCUMENT = yaml.safe_load(SAMPLE.read_text(encoding="utf-8"))
_SPEC = importlib.util.spec_from_file_location("demo", REPOSITORY / "specs/demo.py")
demo = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(demo)

BASE = "/logistics/parcels/v1"
BEARER = {"Authorization": f"Bearer {demo.TOKEN}"}
JSON = BEARER | {"Content-Type": "application/json"}
ADDRESS = '{"street": "a", "postalCode": "b", "city": "c", "country": "NL"}'
PARCEL = f'{{"sender": {ADDRESS}, "recipient": {ADDRESS}, "weight": 2.5}}'
REFUSED = {
    "path": (404, "GET", "/parcel", BEARER, ""),
    "method": (404, "PUT", "/parcels?announced_after=2026-01-15", BEARER, ""),
    "token": (401, "GET", "/parcels?announced_after=2026-01-15", {}, ""),
    "token to the public": (401, "GET", "/health", BEARER, ""),
    "required parameter": (400, "GET", "/parcels", BEARER, ""),
    "form of a parameter": (400, "GET", "/parcels?announced_after=tomorrow", BEARER, ""),
    "number": (400, "GET", "/parcels?announced_after=2026-01-15&limit=500", BEARER, ""),
    "item of a list": (400, "GET", "/parcels?announced_after=2026-01-15&status=announced,lost", BEARER, ""),
    "foreign parameter": (400, "GET", "/parcels?announced_after=2026-01-15&x=1", BEARER, ""),
    "part of the path": (400, "GET", "/parcels/wrong", BEARER, ""),
    "header": (400, "GET", "/parcels/3SABCD123456789", BEARER | {"Cookie": "language=xx"}, ""),
    "body that is none": (400, "POST", "/parcels", JSON, "{"),
    "body that lacks": (400, "POST", "/parcels", JSON, '{"weight": 2.5}'),
    "type of the body": (415, "POST", "/parcels", BEARER | {"Content-Type": "text/plain"}, PARCEL),
    "body that is not wanted": (400, "GET", "/parcels?announced_after=2026-01-15", JSON, PARCEL),
    "form": (400, "POST", "/parcels/3SABCD123456789/complaints", BEARER | {"Content-Type": demo.FORM}, "reason=x"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_as_specified_is_refused(name):
    """Method, path, parameters, body and token count, each by its schema."""
    status, method, target, headers, body = REFUSED[name]
    with pytest.raises((demo.RefusedError, ValueError)) as refused:
        demo.Judge(DOCUMENT).answer(method, BASE + target, headers, body.encode())
    assert getattr(refused.value, "status", 400) == status


def test_what_is_as_specified_is_not():
    """The same requests pass where nothing is wrong with them."""
    judge = demo.Judge(DOCUMENT)
    assert judge.answer("POST", f"{BASE}/parcels", JSON, PARCEL.encode())[0] == 201
    assert judge.answer("GET", f"{BASE}/parcels?announced_after=2026-01-15&limit=5", BEARER, b"")[0] == 200


@pytest.fixture
def posix_tools():
    """Skip where the demo itself would not send."""
    program("curl", CURL)
    program("sh", POSIX)


@pytest.mark.usefixtures("posix_tools")
def test_the_demo_sends_everything(tmp_path, capfd):
    """It ends well, and shows each request with its answer."""
    demo.main(SAMPLE, tmp_path)
    shown = capfd.readouterr().out
    assert shown.count("  token accepted, ") == 6
    assert "refused" not in shown.partition("token issued")[2]


@pytest.mark.usefixtures("posix_tools")
def test_a_refused_request_fails_the_demo(monkeypatch, tmp_path, capfd):
    """Where the server wants something else than was sent, the demo fails with the server's words."""
    stricter = copy.deepcopy(DOCUMENT)
    stricter["paths"]["/pickup-points"]["get"]["parameters"].append(
        {"name": "X-Customer", "in": "header", "required": True, "schema": {"type": "string"}}
    )
    monkeypatch.setattr(demo.yaml, "safe_load", lambda text: stricter)
    with pytest.raises(SystemExit) as failed:
        demo.main(SAMPLE, tmp_path)
    assert "find-pickup-points.sh: " in str(failed.value.code)
    assert "the header parameter X-Customer is missing" in str(failed.value.code)
    assert "refused: the header parameter X-Customer is missing" in capfd.readouterr().out
