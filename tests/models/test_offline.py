"""The library that runs the models reports nothing to its maker and keeps no mark of the device."""

import os
import subprocess
import sys

CODE = "import pactqa.models.onnx_engine, onnxruntime; onnxruntime.get_available_providers()"


def test_onnxruntime_keeps_no_reports_of_what_is_run(tmp_path):
    folders = {name: str(tmp_path) for name in ("HOME", "TMPDIR", "XDG_CACHE_HOME")}
    env = {k: v for k, v in os.environ.items() if not k.startswith("ORT_") and k != "CI"}
    subprocess.run([sys.executable, "-c", CODE], env=env | folders, check=True)
    assert list(tmp_path.rglob("*")) == []
