"""A large specification that a fork reads: the outcome is the same, whatever becomes of the fork."""

import contextlib
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from msgspec.structs import replace

from generator.document import Source, declared_version, locate, parse, read_tree
from generator.document.values import SpecificationVersion
from generator.findings import Finding
from generator.jobs import ahead, forks
from generator.jobs.processes import run, run_all
from generator.jobs.tasks import CheckJob, ConvertJob, Task
from generator.source import SpecificationFile
from tests.conftest import REPOSITORY

pytestmark = pytest.mark.skipif(not hasattr(os, "memfd_create"), reason="needs Linux: elsewhere forks are not safe")

HEAD = """openapi: 3.0.3
info: {title: Large, version: '1'}
servers: [{url: https://api.example}]
x-common: &common
  tags: [shared]
  responses: {200: {description: &ok Fine 😀}}
paths:
"""
PATHS = "".join(
    f"""  /things/{number}:
    get:
      <<: *common
      summary: Thing {number}
      parameters: [{{name: missing, in: path, schema: {{type: integer, minimum: {number}.5}}}}]
    post: {{summary: Make {number}, security: [{{nobody: []}}], responses: {{200: {{description: *ok}}}}}}
    post: {{summary: Make {number}, security: [{{nobody: []}}], responses: {{200: {{description: *ok}}}}}}
"""
    for number in range(400)
)


def file_of(source):
    """Return the file that would be read as `source`."""
    return SpecificationFile(path=source.uri, name="large", content=source.content)


@pytest.fixture
def source():
    """Return a large YAML document with aliases, merges, a key that comes twice, and mistakes at many places."""
    found = Source(uri="large.yaml", content=(HEAD + PATHS).encode())
    assert len(found.content) > ahead.WORTH_A_FORK
    return found


def killed(*_):
    """End the fork as the system would."""
    os._exit(9)


def children():
    """Return the processes that this one began and that are not gone, or not waited for."""
    parents = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):  # gone meanwhile
            parents += path.read_text().rpartition(")")[2].split()[1:2]
    return parents.count(str(os.getpid()))


@pytest.fixture(autouse=True)
def no_child_is_left():
    """Every fork has ended and was waited for, whatever other tests have begun before."""
    before = children()
    yield
    assert children() == before


def test_a_fork_reads_the_same(source):
    """Values, shared ones included, findings and positions."""
    own = read_tree(source)
    pointers = [
        "/info/title",
        "/paths/~1things~1399/post/security/0",
        "/paths/~1things~17/get/tags",
        "/x-common",
        "/no",
    ]
    with ahead.reading_ahead(file_of(source)) as read:
        tree = read(source)
        assert isinstance(tree.places, ahead._Reading)
        assert (tree.value, tree.findings) == (own.value, own.findings)
        assert len(tree.findings) == 400
        paths = tree.value["paths"]
        assert paths["/things/1"]["get"]["tags"] is paths["/things/2"]["get"]["tags"]
        mine, other = (
            parse({source.uri: source}, source.uri, None, each).value for each in (read_tree, lambda _: tree)
        )
        for wanted in (pointers, pointers[:1], [f"/paths/~1things~1{number}/get" for number in range(400)] * 20):
            assert locate(other.resources[source.uri], wanted) == locate(mine.resources[source.uri], wanted)


def test_what_else_is_read_needs_no_fork(source):
    """As what the specification refers to, or the other ones of a run."""
    with ahead.reading_ahead(file_of(source)) as read:
        assert read(Source(uri="b", content=b"a: 1")).value == {"a": 1}
        assert read(source).value == read_tree(source).value


@pytest.mark.parametrize("content", [b'{"openapi": "3.0.3"}', b"openapi: 3.0.3"], ids=["JSON", "small"])
def test_what_is_quickly_read_needs_no_fork(content, monkeypatch):
    """JSON of any size, and small texts."""
    monkeypatch.setattr(ahead, "_Reading", None)
    padded = content + b" " * (ahead.WORTH_A_FORK if content[:1] == b"{" else 0)
    with ahead.reading_ahead(file_of(Source(uri="a", content=padded))) as read:
        assert read is read_tree


@pytest.mark.parametrize("path", ["gone.yaml", "swaggerhub:acme/api"])
def test_what_cannot_be_read_here_is_told_in_its_turn(path, monkeypatch):
    """A file that is gone meanwhile, or a specification elsewhere: nothing is raised, nor fetched twice."""
    monkeypatch.setattr(SpecificationFile, "size", ahead.WORTH_A_FORK)
    with ahead.reading_ahead(SpecificationFile(path=path, name="a")) as read:
        assert read is read_tree


def test_a_fork_is_not_waited_for_that_nobody_needs(source, tmp_path: Path, monkeypatch):
    """Ctrl-C while it reads, or a mistake, ends it."""

    def slow(*_):
        time.sleep(20)
        (tmp_path / "read").touch()

    monkeypatch.setattr(ahead, "_read_and_answer", slow)
    with pytest.raises(KeyboardInterrupt), ahead.reading_ahead(file_of(source)):
        raise KeyboardInterrupt
    assert not (tmp_path / "read").exists()


@pytest.mark.parametrize("part", ["read_tree", "_located"])
def test_a_killed_fork_loses_nothing(source, part, monkeypatch):
    """Neither before it has sent what it read, nor where it is asked what stands where."""
    in_this_process, own_way = os.getpid(), getattr(ahead, part)
    monkeypatch.setattr(ahead, part, lambda *a: own_way(*a) if os.getpid() == in_this_process else killed())
    own = parse({source.uri: source}, source.uri).value
    with ahead.reading_ahead(file_of(source)) as read:
        found = parse({source.uri: source}, source.uri, None, read).value
        assert found.root == own.root
        wanted = ["/paths/~1things~1399/post"]
        assert locate(found.resources[source.uri], wanted) == locate(own.resources[source.uri], wanted)


def test_where_no_fork_can_be_had_none_is_needed(source, monkeypatch):
    """The system may allow no more processes."""

    def refused():
        raise OSError("no more processes")

    monkeypatch.setattr(forks.os, "fork", refused)
    with ahead.reading_ahead(file_of(source)) as read:
        assert read(source).value == read_tree(source).value


def test_what_cannot_be_read_is_told_from_a_fork_too(source):
    """The finding is the same, at its place."""
    broken = Source(uri="a.yaml", content=source.content + b"\n  - [\n")
    with ahead.reading_ahead(file_of(broken)) as read:
        (said,) = read(broken).findings
    assert isinstance(said, Finding)
    assert (said,) == read_tree(broken).findings


@pytest.mark.parametrize("check", [False, True])
def test_the_outcome_is_the_same(source, check, tmp_path: Path):
    """Of `convert` and of `check`, places included."""
    path = tmp_path / "large.yaml"
    path.write_bytes(source.content)
    job = CheckJob(excerpts=True) if check else ConvertJob(output=tmp_path)
    task = Task(file=SpecificationFile(path=str(path), name="large"), job=job)
    small = replace(task, file=SpecificationFile(path="small.yaml", name="small", content=b"openapi: 3.0.3"))
    alone = run(task)
    for tasks in ([task], [small, task, small]):
        helped = next(outcome for outcome in run_all(tasks, 2) if outcome.path == task.file.path)
        assert helped == alone
    assert not alone.problem
    assert alone.errors + alone.warnings >= 400
    last = source.content.count(b"\n")
    if check:
        assert any(entry.position.line == last for entry in helped.located)
    else:
        assert "[security-requirement] on lines 49, 56, 63, " in helped.report


def test_one_process_is_one_process(source, tmp_path: Path, monkeypatch):
    """`--jobs 1` begins no other; more than one do, for one file too."""
    path = tmp_path / "large.yaml"
    path.write_bytes(source.content)
    task = Task(file=SpecificationFile(path=str(path), name="large"), job=CheckJob())
    begun = []
    monkeypatch.setattr(ahead._Reading, "begin", lambda source: begun.append(source.uri))
    list(run_all([task], 1))
    assert not begun
    list(run_all([task], 2))
    assert begun == [str(path)]


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("a: 1\nopenapi: 3.1.1\n", "3.1"),
        ("swagger: '2.0'", "2.0"),
        ('{"openapi": "3.0.3"}', "3.0"),
        ("openapi: 4", None),
    ],
)
def test_the_version_is_seen_from_far(text, version):
    """As the text declares it."""
    assert declared_version(text.encode()) == (version and SpecificationVersion(version))


@pytest.mark.parametrize("names", [["small.yaml", "large.yaml"], ["large.yaml", "small.yaml", "other.yaml"]])
def test_others_may_refer_to_the_file_that_is_read_ahead(source, names, tmp_path: Path):
    """Its fork tells what it read once: who else needs that reads it again, and nobody waits for ever."""
    (tmp_path / "large.yaml").write_bytes(source.content + b"components: {schemas: {Id: {type: integer}}}\n")
    for name in {*names} - {"large.yaml"}:
        schema = "{$ref: 'large.yaml#/components/schemas/Id'}"
        parameter = f"[{{name: id, in: query, required: true, schema: {schema}}}]"
        (tmp_path / name).write_text(HEAD + f"  /a: {{get: {{parameters: {parameter}, responses: {{200: *ok}}}}}}\n")
    command = [sys.executable, "-m", "generator", "convert", *names, "-o", "out", "--jobs", "2"]
    known = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, env=known, timeout=120)
    assert b"mistake" not in done.stderr, done.stderr
    assert b"`large.yaml#" not in done.stderr
    written = (tmp_path / "out/small.postman_collection.json").read_text()
    assert "/a?id=" in written
    assert len(list((tmp_path / "out").glob("*.postman_collection.json"))) == len(names)
