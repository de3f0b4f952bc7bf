"""References to other files and hosts, SwaggerHub's domains among them; what may be read and what may not."""

import itertools
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import generator
from generator import closure, remote
from generator.closure import Access, gather
from generator.document import Document, Source, parse
from generator.findings import Severity, UnreadableInputError
from generator.jobs import tasks
from generator.json_values import to_json
from generator.model import Schema
from generator.readers import read
from generator.references import join
from generator.remote import RemoteAccess, check_specification, fetch
from generator.samples import Direction, Sampler
from generator.source import SpecificationFile, uri_of
from generator.validation import validate
from tests.conftest import OK, REPOSITORY, api

DOMAIN = "https://api.swaggerhub.com/domains/acme/common/1.0"


def write(folder: Path, **files: Any) -> Path:
    """Write documents as JSON, by their names without `.json`, a `__` in place of a slash; return the first."""
    paths = [folder / (name.replace("__", "/") + ".json") for name in files]
    for path, tree in zip(paths, files.values(), strict=True):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(to_json(tree), encoding="utf-8")
    return paths[0]


def run(*arguments: object, folder: Path) -> tuple[int, str]:
    """Run the command as a user does; return its exit code and what it says."""
    command = [sys.executable, "-m", "generator", "convert", *map(str, arguments), "-o", str(folder / "out")]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=60, cwd=REPOSITORY)
    return done.returncode, done.stderr


def body(reference: str) -> dict:
    """Return paths whose one operation sends what `reference` names."""
    content = {"application/json": {"schema": {"$ref": reference}}}
    return {"/a": {"post": {"requestBody": {"required": True, "content": content}, "responses": OK}}}


def sample_of(document: Document) -> Any:
    """Return the sample of the first operation's body."""
    model = read(validate(document).value).value
    media_type = model.operations[0].body.media_types[0]
    assert isinstance(media_type.schema, Schema)
    return Sampler(model.definitions).sample(media_type.schema, direction=Direction.REQUEST).value


@pytest.mark.parametrize(
    ("base", "address", "joined"),
    [
        ("api.yaml", "b.yaml", "b.yaml"),
        ("./a/api.yaml", "./b.yaml", "a/b.yaml"),
        ("a/b/api.yaml", "../c%20d.yaml", "a/c d.yaml"),
        ("api.yaml", "../../x.yaml", "../../x.yaml"),
        ("/a/api.yaml", "file:///b/c.yaml", "/b/c.yaml"),
        ("https://h.example/a/b.json", "../c.json", "https://h.example/c.json"),
        ("api.yaml", "https://h.example/x", "https://h.example/x"),
    ],
)
def test_addresses_are_joined(base, address, joined):
    """Relative addresses start at the document that holds them, be it a file or on a host."""
    assert join(base, address) == joined


def test_each_file_is_read_once(tmp_path, monkeypatch):
    """A file that many references name, also one back to the entry, is read a single time."""
    entry = write(
        tmp_path,
        api=api({"/a": {"$ref": "b.json#/x"}, "/c": {"$ref": "./b.json#/y"}}),
        b={"x": {"get": {"$ref": "api.json#/paths"}}, "y": {"get": {"$ref": "../" + tmp_path.name + "/b.json#/x"}}},
    )
    seen = []
    read_bytes = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: seen.append(path.name) or read_bytes(path))
    closure = gather(Source(uri=str(entry), content=entry.read_bytes()), Access())
    assert seen == ["api.json", "b.json"]
    assert not closure.absent


def test_each_text_is_understood_once(tmp_path, monkeypatch):
    """Looking for references in a file and reading it are one: on the command line, and from Python."""
    entry = write(tmp_path, api=api({"/a": {"$ref": "b.json#/x"}}), b={"x": {"get": {"responses": OK}}})
    seen = []
    parse_module = sys.modules["generator.document.parse"]  # its name is that of the function
    understood = parse_module._tree
    monkeypatch.setattr(parse_module, "_tree", lambda source, found: seen.append(source) or understood(source, found))
    assert not generator.load(entry).findings
    assert [Path(source.uri).name for source in seen] == ["api.json", "b.json"]
    seen.clear()
    done = tasks.do(tasks.Task(file=SpecificationFile(path=str(entry), name="a"), job=tasks.CheckJob()))
    assert not done.problem
    assert [Path(source.uri).name for source in seen] == ["api.json", "b.json"]


@pytest.mark.parametrize("address", ["../secret.json", "/etc/passwd", "file:///etc/passwd", "link.json"])
def test_references_stay_in_the_folder(tmp_path, address):
    """What lies outside of the specification's folder is not read, by whatever path; the message tells the way."""
    entry = write(tmp_path, specs__api=api(body(f"{address}#/S")), secret={"S": {"type": "string", "example": "found"}})
    (tmp_path / "specs/link.json").symlink_to(tmp_path / "secret.json")
    code, said = run(entry, folder=tmp_path)
    assert code == 1
    assert "which references do not leave" in said
    assert "--ref-root" in said


SHARES = ["//evil/share/x.json", "file:////evil/share/x.json", r"\\evil\share\x.json", "%5C%5Cevil%5Cx.json"]
ENTRIES = ["api.json", "specs/api.json", "C:/specs/api.json", "//host/share/api.json", "-"]
DRIVES = ["C:/x.json", "./c:/x.json", "C:x.json", "x/../C:/x.json"]


@pytest.mark.parametrize(
    ("entry", "address"),
    [*itertools.product(ENTRIES, [*SHARES, r"sub\x.json"]), *itertools.product(["api.json", "-"], DRIVES)],
)
def test_other_computers_are_refused_before_the_disk_is_touched(monkeypatch, entry, address):
    """A share, a drive, a path with backslashes: each is refused from its text, since looking would ask its host."""
    touched: list[Path] = []
    for name in ("resolve", "is_file", "stat", "read_bytes"):
        monkeypatch.setattr(Path, name, lambda path, *_, **__: touched.append(path) or path)
    found = gather(Source(uri=entry, content=to_json(api(body(f"{address}#/S"))).encode()), Access(root=Path("specs")))
    (absence,) = found.absent.values()
    assert touched == []
    assert "backslash" in absence.message or "another computer" in absence.message


@pytest.mark.parametrize("entry", ["C:/specs/api.json", "//host/share/api.json", "//host/api.json"])
def test_specifications_on_drives_and_shares_have_files_beside_them(monkeypatch, entry):
    """A path that goes on from the specification's own drive or share is looked for there."""
    asked: list[str] = []
    monkeypatch.setattr(Path, "resolve", lambda path: path)
    monkeypatch.setattr(Path, "is_file", lambda path: asked.append(path.as_posix()) or False)
    gather(Source(uri=entry, content=to_json(api(body("x.json#/S"))).encode()), Access())
    assert asked == [entry.replace("api", "x")]


def test_paths_of_windows_are_uris_with_slashes():
    """A specification named with backslashes has its files beside it."""
    assert join(uri_of("specs\\api.yaml", "\\"), "common.yaml") == "specs/common.yaml"
    assert uri_of("odd\\name.yaml", "/") == "odd\\name.yaml"


def test_limit_of_documents_counts_attempts(tmp_path, monkeypatch):
    """What is not there counts too, and after the limit nothing is looked for."""
    monkeypatch.setattr(closure, "MOST_FILES", 3)
    asked: list[str] = []
    monkeypatch.setattr(closure, "fetch", lambda uri, _: asked.append(uri) or _absent(uri))
    paths = {f"/{n}": body(f"https://h.example/{n}.json#/S")["/a"] for n in range(9)}
    found = gather(Source(uri=str(tmp_path / "api.json"), content=to_json(api(paths)).encode()), Access())
    assert len(asked) == 2
    assert sum("too many" in absence.message for absence in found.absent.values()) == 7


def _absent(uri: str) -> bytes:
    raise UnreadableInputError(f"{uri}: is not there")


REMOTE_LIMITS = {"RUN_DOCUMENTS": 3, "RUN_BYTES": 60, "RUN_SECONDS": 3.0}


@pytest.mark.parametrize("name", REMOTE_LIMITS)
def test_a_run_fetches_within_limits_that_are_told_once(tmp_path, monkeypatch, name):
    """Documents, bytes and seconds of all fetches together are limited; one message speaks for all that is left out."""
    monkeypatch.setattr(remote, name, REMOTE_LIMITS[name])
    now = [0.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    asked: list[str] = []

    def download(url, access):
        asked.append(url)
        now[0] += 1
        return b'{"S": {"enum": [1]}}'

    monkeypatch.setattr(remote, "_download", download)
    access = Access(remote=RemoteAccess(allowed=True, hosts=("h.example",)))
    for _ in range(2):  # two specifications of one run
        paths = {f"/{n}": body(f"https://h.example/{n}.json#/S")["/a"] for n in range(9)}
        entry = Source(uri=str(tmp_path / "api.json"), content=to_json(api(paths)).encode())
        found = gather(entry, access)
        document = parse(found.sources, entry.uri, found.absent).value
        told = [finding for finding in validate(document).findings if finding.rule == "reference-resolves"]
        assert len(told) == 1
        assert f"it and {len(found.absent) - 1} more are left out" in told[0].message
        assert "in one run at most" in told[0].message
        assert told[0].severity is Severity.ERROR
    assert len(asked) == 3


def test_after_the_limit_what_was_kept_serves(tmp_path, monkeypatch):
    """What lies in the cache is read where nothing more is fetched."""
    monkeypatch.setattr(remote, "_download", lambda url, access: b"1")
    access = RemoteAccess(allowed=True, hosts=("h.example",), cache=tmp_path)
    assert remote.fetch("https://h.example/a", access) == b"1"
    monkeypatch.setattr(remote, "RUN_DOCUMENTS", 1)
    assert remote.fetch("https://h.example/a", access) == b"1"
    with pytest.raises(UnreadableInputError, match="at most 1 documents"):
        remote.fetch("https://h.example/b", access)


def test_limit_of_bytes_stops_the_reading(tmp_path, monkeypatch):
    """What would be too much is not kept, and nothing is looked for after it."""
    monkeypatch.setattr(closure, "MOST_BYTES", 2000)
    asked: list[str] = []
    monkeypatch.setattr(closure, "fetch", lambda uri, _: asked.append(uri) or b" " * 1500)
    paths = {f"/{n}": body(f"https://h.example/{n}.json#/S")["/a"] for n in range(4)}
    found = gather(Source(uri=str(tmp_path / "api.json"), content=to_json(api(paths)).encode()), Access())
    assert len(asked) == 1
    assert len(found.absent) == 4


def test_ref_root_opens_a_folder(tmp_path):
    """--ref-root names a folder that references may use."""
    entry = write(tmp_path, specs__api=api(body("../more/s.json#/S")), more__s={"S": {"type": "string"}})
    assert run(entry, "--ref-root", tmp_path, folder=tmp_path)[0] == 0
    assert run(entry, "--ref-root", tmp_path / "nowhere", folder=tmp_path)[0] == 2


def test_broken_reference_in_another_file_is_told_there(tmp_path):
    """An operation that needs what a referenced file lacks is left out, with file, line and reason; others stay."""
    paths = {**body("s.json#/S"), "/b": {"$ref": "s.json#/item"}, "/c": {"get": {"responses": OK}}}
    parameter = {"name": "p", "in": "query", "schema": {"$ref": "#/Nowhere"}}
    item = {"get": {"parameters": [parameter], "responses": OK}, "put": {"responses": OK}}
    entry = write(tmp_path, api=api(paths), s={"S": {"properties": {"a": {"$ref": "#/Gone"}}}, "item": item})
    code, said = run(entry, folder=tmp_path)
    assert code == 1
    assert f"{tmp_path}/s.json:" in said
    assert "`#/Gone` leads nowhere" in said
    assert "`#/Nowhere` leads nowhere" in said
    collection = (tmp_path / "out/api.postman_collection.json").read_text()
    assert [collection.count(f'"method": "{method}"') > 0 for method in ("POST", "GET", "PUT")] == [False, True, True]


def test_missing_file_is_told_once(tmp_path):
    """A file that is not there is one finding, however often it is referred to."""
    paths = {f"/{name}": body("gone.json#/S")["/a"] for name in "abc"}
    code, said = run(write(tmp_path, api=api(paths)), folder=tmp_path)
    assert code == 1
    assert said.count("there is no file") == 1


def test_domains_are_listed_with_what_to_do(tmp_path):
    """Without leave nothing is fetched: each domain reference is told once, with three ways out."""
    parts = {"/a": "A", "/b": "A", "/c": "B"}
    paths = {path: body(f"{DOMAIN}#/components/schemas/{part}")["/a"] for path, part in parts.items()}
    code, said = run(write(tmp_path, api=api(paths)), folder=tmp_path)
    assert code == 1
    assert said.count("the SwaggerHub domain acme/common/1.0") == 2
    for way in ("--domains DIR", "--allow-remote", "YAML Resolved", "acme/common/1.0.yaml"):
        assert way in said


@pytest.mark.parametrize("name", ["domains__acme__common__1.0", "domains__acme-common-1.0", "domains__common"])
def test_domains_are_read_from_a_folder(tmp_path, name):
    """--domains maps a domain's address to a file in the folder, also where SwaggerHub has named it."""
    domain = {"components": {"schemas": {"A": {"type": "string", "enum": ["from the domain"]}}}}
    entry = write(tmp_path, api=api(body(f"{DOMAIN}#/components/schemas/A")), **{name: domain})
    code, said = run(entry, "--domains", tmp_path / "domains", folder=tmp_path)
    assert code == 0, said
    assert "from the domain" in (tmp_path / "out/api.postman_collection.json").read_text()


def test_domain_names_do_not_leave_the_folder(tmp_path):
    """Dots in a domain's address lead to no file outside of the folder of domains."""
    entry = write(
        tmp_path,
        api=api(body("https://api.swaggerhub.com/domains/../../secret#/S")),
        secret={"S": {"type": "string"}},
        domains__x__y={},
    )
    assert run(entry, "--domains", tmp_path / "domains/x", folder=tmp_path)[0] == 1


@pytest.mark.parametrize("version", ["1%00.0\0", "v" * 300, r"..\secret", "C:x"])
def test_domains_that_no_file_can_be_are_told_once(tmp_path, version):
    """A version with NUL, one that is too long for a file: one finding says so, nothing ends."""
    (tmp_path / "domains").mkdir()
    entry = write(tmp_path, api=api(body(f"https://api.swaggerhub.com/domains/acme/common/{version}#/S")))
    code, said = run(entry, "--domains", tmp_path / "domains", folder=tmp_path)
    assert code == 1
    assert said.count("cannot be a file") == 1
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("specification", "name"),
    [
        ("swaggerhub:acme/Orders", "Orders"),
        ("swaggerhub:acme/Orders/1.0", "Orders"),
        ("https://h.example/a/orders.v1.json?x=y", "orders.v1"),
        ("https://h.example", "h.example"),
    ],
)
def test_remote_specifications_have_names(specification, name):
    """What is made from a remote document is called by its last word."""
    assert check_specification(specification) == name


@pytest.mark.parametrize(
    "specification",
    ["http://h.example/a.json", "swaggerhub:acme", "swaggerhub:a/b/c/d", "https://me:s3cret@h.example/a.json"],
)
def test_what_cannot_be_fetched_is_refused(tmp_path, specification):
    """Plain http, half an address and one with a password, which is not repeated, are wrong usage."""
    code, said = run(specification, "--allow-remote", folder=tmp_path)
    assert (code, "s3cret" in said) == (2, False)


def test_nothing_is_fetched_unasked(tmp_path):
    """A remote SPEC without --allow-remote is refused with the option's name."""
    code, said = run("swaggerhub:acme/orders/1.0", folder=tmp_path)
    assert code == 2
    assert "--allow-remote" in said


def test_only_allowed_hosts_are_asked():
    """A host that nobody allowed is refused before any connection; the message names the setting."""
    with pytest.raises(UnreadableInputError, match="remote-hosts"):
        fetch("https://127.0.0.1:9/x", RemoteAccess(allowed=True))


@pytest.mark.parametrize("url", ["http://api.swaggerhub.com/domains/a/b/1", "ftp://api.swaggerhub.com/x", "//h/x"])
def test_nothing_is_asked_in_clear_text(monkeypatch, url):
    """Plain http is refused before any connection, so that the API key is never sent in clear text."""
    monkeypatch.setattr(socket, "create_connection", lambda *_, **__: pytest.fail("a connection"))
    with pytest.raises(UnreadableInputError, match="only https"):
        fetch(url, RemoteAccess(allowed=True, key="s3cret"))


def test_key_is_not_shown():
    """The API key is in no text of the value that holds it."""
    assert "s3cret" not in repr(RemoteAccess(key="s3cret")) + repr(Access(remote=RemoteAccess(key="s3cret")))
