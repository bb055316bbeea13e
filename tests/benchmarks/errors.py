class BenchmarkError(Exception):
    """Why nothing can be measured, or what was measured would mean nothing, in a sentence."""
