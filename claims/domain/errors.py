class PublishingError(Exception):
    """Why something cannot be published, corrected or retracted, in a sentence for the editor."""
