class PublishingError(Exception):
    """Why something cannot be published, corrected or retracted, in a sentence for the editor."""


class ImportRefusedError(Exception):
    """Why a file cannot be imported, in a sentence that says what would be right."""
