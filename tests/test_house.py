"""The rules of the house: who imports whom, where heavy libraries live, what is public."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "pactqa"

ORDER = [
    "errors",
    "settings",
    "server_settings",
    "index_settings",
    "conversion",
    "essays",
    "models",
    "index",
    "search",
    "judgement",
    "finding",
    "claim_check",
    "answer",
    "messages",
    "validation",
    "evidence",
    "evidence_json",
    "assistant",
    "adding",
    "quotation_check",
    "reasons",
    "export",
    "evaluation",
    "web",
    "terminal",
    "cli_claims",
    "cli_corpus",
    "cli_editor",
    "cli_adding",
    "cli",
    "__main__",
]
"""A room imports only from rooms that stand above it, and its modules each other in no circle."""

HOMES = {
    "sentence_transformers": {"models.torch_engine", "models.cross_encoder", "models.nli"},
    "transformers": {"models.torch_engine", "models.network"},
    "torch": {"models.torch_engine", "models.cross_encoder", "models.nli", "models.network"},
    "onnxruntime": {"models.onnx_engine", "models.torch_engine"},
    "tokenizers": {"models.encoder", "models.reader", "models.torch_engine", "models.network"},
    "faiss": {"index.vectors"},
    "gradio": {"web.page", "web.chat"},
    "sqlite3": {
        "index.store",
        "index.snapshot",
        "index.writer",
        "index.checksums",
        "index.word_terms",
    },
    "qdrant_client": {
        "index.opening",
        "index.qdrant_calls",
        "index.qdrant_index",
        "index.qdrant_points",
        "index.qdrant_reading",
        "index.qdrant_state",
        "index.qdrant_writing",
    },
    "zstandard": {"index.qdrant_points"},
    "tenacity": {"index.qdrant_calls"},
    "sentencex": {"essays.splitting"},
    "frontmatter": {"essays.front_matter"},
    "yaml": {"essays.bounded_yaml"},
    "markdown_it": {"essays.headings"},
    "citeproc": {"export.references"},
    "docx": {"conversion.word", "export.document", "export.sheet_word", "export.word"},
    "charset_normalizer": {"conversion.decoding"},
    "lxml": {
        "conversion.archives",
        "conversion.blocks",
        "conversion.open_document",
        "conversion.web_page",
        "conversion.word",
    },
    "mammoth": {"conversion.word"},
    "pypdfium2": {"conversion.pdf_lines"},
    "trafilatura": {"conversion.web_page"},
    "rapidfuzz": {"search.quotation_places"},
    "symspellpy": {"search.spelling"},
    "countryinfo": {"search.names"},
    "sklearn": {"evaluation.metrics"},
    "scipy": {"evaluation.metrics"},
    "jinja2": {"web.templates"},
    "watchfiles": {"web.watching"},
}
FILES = sorted(SOURCE.rglob("*.py"))
MODULES = [path for path in FILES if path.name != "__init__.py"]


def name_of(path):
    return str(path.relative_to(SOURCE).with_suffix("")).replace("/", ".")


def room_of(path):
    return path.relative_to(SOURCE).with_suffix("").parts[0]


def parse(path):
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def imports_of(path):
    """Gives the full names of what a file imports anywhere; `from a import b` is a and a.b."""
    names = set()
    for node in ast.walk(parse(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import"
            names.add(node.module)
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def modules_imported(path):
    """Gives the modules of pactqa that a file imports from, `pactqa` for the package itself."""
    known = {f"pactqa.{name_of(module)}": name_of(module) for module in MODULES}
    own = {name for name in imports_of(path) if name.split(".")[0] == "pactqa"}
    found = {known[name] for name in own & set(known)}
    from_package = {name for name in own if name.count(".") == 1} - set(known)
    packages = {f"pactqa.{module.parent.name}" for module in MODULES}
    return found | ({"pactqa"} if from_package - packages - {"pactqa.__version__"} else set())


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_every_module_has_its_place_in_the_order(path):
    assert room_of(path) in ORDER, "name the room in ORDER first"


@pytest.mark.parametrize("path", [p for p in FILES if p != SOURCE / "__init__.py"], ids=name_of)
def test_imports_go_one_way(path):
    room = room_of(path)
    for other in modules_imported(path):
        assert other != "pactqa", "a module imports modules, not the package that imports them"
        above = other.split(".")[0]
        if above != room:
            assert ORDER.index(above) < ORDER.index(room), f"{room} imports {other}, after it"


@pytest.mark.parametrize("room", sorted({path.parent for path in MODULES} - {SOURCE}))
def test_the_modules_of_a_room_import_each_other_in_no_circle(room):
    waiting = {name_of(path): modules_imported(path) for path in room.glob("*.py")}
    waiting = {name: needs & set(waiting) for name, needs in waiting.items()}
    while waiting:
        free = {name for name, needs in waiting.items() if not needs & set(waiting)}
        assert free, f"a circle among {sorted(waiting)}"
        waiting = {name: needs for name, needs in waiting.items() if name not in free}


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_a_heavy_library_is_imported_in_one_module_only(path):
    for name in {name.split(".")[0] for name in imports_of(path)} & set(HOMES):
        assert name_of(path) in HOMES[name], name


@pytest.mark.parametrize("path", [p for p in FILES if p.name == "__init__.py"], ids=str)
def test_every_room_says_what_comes_in_and_what_goes_out(path):
    words = ast.get_docstring(parse(path)) or ""
    assert path.parent == SOURCE or ("come" in words and "out" in words)


def test_the_pure_html_of_the_cards_needs_no_gradio():
    assert "gradio" not in imports_of(SOURCE / "web" / "cards.py")


def test_importing_the_package_loads_no_model_and_no_page():
    code = "import sys, pactqa; print(*{'torch', 'transformers', 'gradio'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def public_names(tree):
    """Gives the public names that a module defines at its top."""
    names = set()
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            # A command of the command line is called by its name there, not from Python.
            if not any(".command(" in ast.unparse(d) for d in node.decorator_list):
                names.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names |= {n.id for t in targets for n in ast.walk(t) if isinstance(n, ast.Name)}
    return {name for name in names if not name.startswith("_")}


def listed_names(tree):
    for node in tree.body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "__all__":
            return ast.literal_eval(node.value)
    return None


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_all_names_everything_public_and_nothing_else(path):
    tree = parse(path)
    listed = listed_names(tree) if name_of(path) != "__main__" else []
    assert listed is not None, "a module has an __all__"
    assert len(listed) == len(set(listed))
    assert set(listed) == public_names(tree)


def test_the_package_offers_what_others_rely_on():
    import pactqa

    assert {"Assistant", "Answer", "Hit", "PactqaError"} <= set(pactqa.__all__)
    for name in pactqa.__all__:
        assert getattr(pactqa, name).__name__ == name


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_no_module_is_longer_than_can_be_read_at_once(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_every_module_begins_with_a_whole_sentence(path):
    first = (ast.get_docstring(parse(path)) or "").split("\n")[0]
    assert first.endswith("."), first


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_values_cannot_be_changed(path):
    for node in ast.walk(parse(path)):
        if not isinstance(node, ast.ClassDef):
            continue
        for decorator in node.decorator_list:
            if "dataclass" in ast.unparse(decorator):
                assert {"frozen=True", "slots=True"} <= {
                    ast.unparse(keyword) for keyword in getattr(decorator, "keywords", [])
                }, node.name


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_input_is_not_checked_by_assert_and_no_byte_is_dropped(path):
    for node in ast.walk(parse(path)):
        assert not isinstance(node, ast.Assert), f"line {node.lineno}"
        if isinstance(node, ast.keyword) and node.arg == "errors" and room_of(path) != "web":
            assert getattr(node.value, "value", "") not in {"ignore", "replace"}


def test_the_readme_names_every_file():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name_of(path) for path in MODULES if f"`{path.name}`" not in readme] == []


def test_the_commands_import_nothing_heavy_before_they_need_it():
    code = (
        "import sys, pactqa.cli; "
        "print(*{'numpy', 'faiss', 'docx', 'onnxruntime', 'gradio', 'yaml'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_the_search_needs_no_tool_of_the_page_the_exports_or_the_evaluation():
    code = (
        "import sys, pactqa.assistant; print(*{'torch', 'transformers', 'gradio', 'docx', 'scipy', "
        "'sklearn', 'citeproc', 'pypdf'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
