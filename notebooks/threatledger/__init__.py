"""Threat Ledger: what texts about the UN's reports on ISIL (Da'esh) state, each with its words."""


def __getattr__(name):
    # Imported when asked for: `make report` needs no grammar to see that nothing changed.
    if name == "extract":
        from threatledger.extraction import extract

        return extract
    raise AttributeError(f"module 'threatledger' has no attribute {name!r}")
