"""Every environment variable, its default, and what is said of a value that cannot be used."""

import ast
import os
from pathlib import Path

import pytest

import pactqa
from pactqa import index_settings, server_settings, settings
from pactqa.errors import SettingError
from pactqa.export.references import STYLES

SOURCE = Path(pactqa.__file__).parent
HERE = Path("here")
READ = {
    "PACTQA_CORPUS": lambda: str(settings.read_corpus(HERE)),
    "PACTQA_INDEX": lambda: index_settings.read_index(HERE),
    "PACTQA_INDEX_KEY": index_settings.read_index_key,
    "PACTQA_INDEX_SECONDS": lambda: str(index_settings.read_index_seconds()),
    "PACTQA_ESSAY_BYTES": lambda: str(settings.read_essay_bytes()),
    "PACTQA_ESSAY_PAGES": lambda: str(settings.read_pages()),
    "PACTQA_ESSAY_SECONDS": lambda: str(settings.read_essay_seconds()),
    "PACTQA_CONVERT_SECONDS": lambda: str(settings.read_convert_seconds()),
    "PACTQA_CONVERT_BYTES": lambda: str(settings.read_convert_bytes()),
    "PACTQA_HOST": settings.read_host,
    "GRADIO_SERVER_NAME": settings.read_host,
    "PACTQA_PORT": lambda: str(settings.read_port()),
    "GRADIO_SERVER_PORT": lambda: str(settings.read_port()),
    "PACTQA_MODEL": settings.read_model,
    "PACTQA_READER": settings.read_reader,
    "PACTQA_RERANKER": settings.read_reader,
    "PACTQA_FEEDBACK": lambda: str(settings.read_feedback_file()),
    "PACTQA_EDITORS": settings.read_editors,
    "PACTQA_QUERY_PREFIX": settings.read_query_prefix,
    "PACTQA_PASSAGE_PREFIX": settings.read_passage_prefix,
}
CHOICES = {"PACTQA_STYLE", "PACTQA_PAPER", "PACTQA_LINKS", "PACTQA_ENGINE", "PACTQA_WATCH"}
DEFAULTS = {
    "PACTQA_CORPUS": "here",
    "PACTQA_INDEX": "here",
    "PACTQA_INDEX_KEY": "",
    "PACTQA_INDEX_SECONDS": "10",
    "PACTQA_ESSAY_BYTES": "10000000",
    "PACTQA_ESSAY_PAGES": "500",
    "PACTQA_ESSAY_SECONDS": "60",
    "PACTQA_CONVERT_SECONDS": "60",
    "PACTQA_CONVERT_BYTES": "1000000000",
    "PACTQA_HOST": "127.0.0.1",
    "GRADIO_SERVER_NAME": "127.0.0.1",
    "PACTQA_PORT": "7860",
    "GRADIO_SERVER_PORT": "7860",
    "PACTQA_MODEL": "",
    "PACTQA_READER": "",
    "PACTQA_RERANKER": "",
    "PACTQA_FEEDBACK": "None",
    "PACTQA_EDITORS": "",
    "PACTQA_QUERY_PREFIX": None,
    "PACTQA_PASSAGE_PREFIX": None,
}
PAIRS = [
    ("PACTQA_HOST", "GRADIO_SERVER_NAME"),
    ("PACTQA_PORT", "GRADIO_SERVER_PORT"),
    ("PACTQA_READER", "PACTQA_RERANKER"),
]


@pytest.fixture(autouse=True)
def no_settings(monkeypatch):
    for name in list(os.environ):
        if name.startswith(("PACTQA_", "GRADIO_")):
            monkeypatch.delenv(name)


def read_all():
    return {name: read() for name, read in READ.items()}


def test_without_a_setting_the_defaults_hold():
    assert read_all() == DEFAULTS


@pytest.mark.parametrize("name", READ)
def test_a_setting_changes_what_it_names_and_nothing_else(monkeypatch, name):
    monkeypatch.setenv(name, "8080")
    same = {name, *(one for pair in PAIRS if name in pair for one in pair)}
    assert read_all() == DEFAULTS | dict.fromkeys(same, "8080")


@pytest.mark.parametrize("name", [name for name in READ if "PREFIX" not in name])
def test_white_space_counts_as_no_setting_and_is_taken_off(monkeypatch, name):
    monkeypatch.setenv(name, "  ")
    assert READ[name]() == DEFAULTS[name]
    monkeypatch.setenv(name, " 8080 ")
    assert READ[name]() == "8080"


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_our_own_name_and_the_newer_one_come_first(monkeypatch, first, second):
    monkeypatch.setenv(first, "1234")
    monkeypatch.setenv(second, "5678")
    assert READ[first]() == "1234"


@pytest.mark.parametrize("name", ["PACTQA_PORT", "GRADIO_SERVER_PORT"])
@pytest.mark.parametrize(
    "port", ["0", "65536", "-1", "80.0", "1_0", "٣", "²", "http", "9" * 5000], ids=lambda p: p[:9]
)
def test_a_port_that_is_none_is_named_with_its_setting(monkeypatch, name, port):
    monkeypatch.setenv(name, port)
    with pytest.raises(SettingError, match=rf"no number from 1 to 65535 \(setting {name}\)"):
        settings.read_port()


@pytest.mark.parametrize("port", ["1", "65535"])
def test_the_first_and_the_last_port_are_taken(monkeypatch, port):
    monkeypatch.setenv("PACTQA_PORT", port)
    assert settings.read_port() == int(port)


@pytest.mark.parametrize("size", ["0", "-1", "1e6", "20 MB", "1000000001", "9" * 5000])
def test_a_size_of_a_file_that_is_none_is_refused(monkeypatch, size):
    monkeypatch.setenv("PACTQA_ESSAY_BYTES", size)
    with pytest.raises(
        SettingError, match=r"PACTQA_ESSAY_BYTES is .*no number from 1 to"
    ) as caught:
        settings.read_essay_bytes()
    assert len(str(caught.value)) < 300
    monkeypatch.setenv("PACTQA_ESSAY_BYTES", "1000000000")
    assert settings.read_essay_bytes() == 1_000_000_000


@pytest.mark.parametrize("name", ["PACTQA_QUERY_PREFIX", "PACTQA_PASSAGE_PREFIX"])
def test_a_prefix_is_read_as_it_is_even_if_it_is_empty(monkeypatch, name):
    for prefix in ("", " ", "query: "):
        monkeypatch.setenv(name, prefix)
        assert READ[name]() == prefix
    monkeypatch.setenv(name, "caf\udce9: ")
    with pytest.raises(SettingError, match=rf"{name} is .* not UTF-8") as caught:
        READ[name]()
    str(caught.value).encode()


def test_no_other_module_reads_the_environment():
    files = [*SOURCE.rglob("*.py"), Path(__file__).parents[1] / "app.py"]
    for path in files:
        if path == SOURCE / "settings.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            text = ast.unparse(node) if isinstance(node, ast.expr | ast.ImportFrom) else ""
            # A library may be told something before it is imported; that is no reading.
            if not text.startswith("os.environ.setdefault("):
                assert not text.startswith(("os.environ.", "os.environ[", "os.getenv")) or (
                    text == "os.environ.setdefault"
                ), f"{path}: {text}"
                assert not text.startswith("from os import"), path


def test_the_docstring_names_every_setting():
    told = f"{settings.__doc__}{server_settings.__doc__}{index_settings.__doc__}"
    assert [name for name in {*READ, *CHOICES} if name not in told] == []


@pytest.mark.parametrize(
    ("value", "style"), [("", "mla"), ("apa", "apa"), (" Chicago ", "chicago")]
)
def test_the_style_of_references_is_one_that_there_is(monkeypatch, value, style):
    monkeypatch.setenv("PACTQA_STYLE", value)
    assert settings.read_style() == style


@pytest.mark.parametrize(("value", "paper"), [("", "A4"), ("a4", "A4"), ("letter", "Letter")])
def test_the_paper_is_a4_or_letter(monkeypatch, value, paper):
    monkeypatch.setenv("PACTQA_PAPER", value)
    assert settings.read_paper() == paper


@pytest.mark.parametrize(
    ("name", "read", "choices"),
    [
        ("PACTQA_STYLE", settings.read_style, "mla, chicago, apa"),
        ("PACTQA_PAPER", settings.read_paper, "A4, Letter"),
    ],
)
def test_a_word_that_is_no_choice_is_refused_with_the_choices(monkeypatch, name, read, choices):
    monkeypatch.setenv(name, "Foolscap \udcff")
    with pytest.raises(SettingError, match=rf"{name} is .*one of: {choices}\.") as refused:
        read()
    str(refused.value).encode()


def test_the_styles_are_those_of_the_references():
    assert tuple(STYLES) == settings._STYLES


@pytest.mark.parametrize("value", ["", "auto", "AUTO"])
def test_the_engine_is_chosen_by_what_is_possible_unless_one_is_named(monkeypatch, value):
    monkeypatch.setenv("PACTQA_ENGINE", value)
    assert settings.read_engine() == "auto"
    monkeypatch.setenv("PACTQA_ENGINE", "Torch")
    assert settings.read_engine() == "torch"
    monkeypatch.setenv("PACTQA_ENGINE", "cuda")
    with pytest.raises(SettingError, match=r"'cuda'. Set it to one of: auto, onnx, int8, torch"):
        settings.read_engine()


@pytest.mark.parametrize("value", ["", "0", "many", "99999"])
def test_all_cores_are_used_unless_fewer_are_named(monkeypatch, value):
    monkeypatch.setenv("OMP_NUM_THREADS", value)
    assert 1 <= settings.count_threads() <= os.cpu_count()
    monkeypatch.setenv("OMP_NUM_THREADS", "64")
    assert settings.count_threads() == 64


def test_exports_are_kept_where_the_setting_says(monkeypatch, tmp_path):
    assert settings.read_exports(HERE) == HERE
    assert settings.read_exports(None) is None
    monkeypatch.setenv("PACTQA_EXPORTS", str(tmp_path))
    assert settings.read_exports(HERE) == settings.read_exports(None) == tmp_path
