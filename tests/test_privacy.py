"""Reading a report tells nobody: no device id, no usage data, no file outside Veridical's own cache."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = "from veridical.annotate.syntax import Syntax\nassert Syntax()('Two men were arrested in Lima.').tokens"


@pytest.mark.skipif(sys.platform == "win32", reason="other folders")
def test_the_network_runtime_reports_to_nobody(tmp_path: Path) -> None:
    # onnxruntime keeps quiet by itself where it thinks that it is tested or built.
    quiet = {
        "CI",
        "GITHUB_ACTIONS",
        "TF_BUILD",
        "BUILD_ID",
        "GITLAB_CI",
        "JENKINS_URL",
        "ORT_DISABLE_TELEMETRY",
        "ORT_RUNNING_UNIT_TESTS",
        "XDG_CACHE_HOME",
        "XDG_DATA_HOME",
        "XDG_CONFIG_HOME",
    }
    environment = {k: v for k, v in os.environ.items() if k not in quiet}
    environment |= {"HOME": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}
    subprocess.run([sys.executable, "-c", PROGRAM], env=environment, check=True, capture_output=True)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
