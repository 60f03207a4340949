"""Threat Ledger: what texts about the UN's reports on ISIL (Da'esh) state, each with its words."""

import time

# Code that was changed later than this may not be what runs: a module stays as it was imported.
IMPORTED = time.time()


def __getattr__(name):
    # Imported when asked for: `make report` needs no grammar to see that nothing changed.
    if name == "extract":
        from threatledger.extraction import extract

        return extract
    raise AttributeError(f"module 'threatledger' has no attribute {name!r}")
