"""Arrow does its work without pandas, which is there for whoever asks for it."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import sys
from corpus.run.lean import keep_pandas_out
keep_pandas_out()
import numpy as np, pyarrow as pa
pa.array(np.arange(3)), pa.chunked_array([[1, 2], [3]]).to_numpy(), pa.array(["a"]).to_numpy(zero_copy_only=False)
print("pandas" in sys.modules)
import pandas
print(pandas.DataFrame({"a": [1]}).shape)
"""


def test_arrow_loads_no_pandas_by_itself() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], check=True, capture_output=True, text=True)
    assert done.stdout.splitlines() == ["False", "(1, 1)"]
