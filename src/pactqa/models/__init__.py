"""Models: text comes in, numbers go out.

The encoder turns text into vectors, the reader a question and a sentence into the log odds that the
sentence answers; `choice` loads the reader that the settings name. `weights/` holds the reader's
weights and every fitted number, with their cards.
"""

import os

# onnxruntime reports to its maker from the moment it is imported, unless this is set by then.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
