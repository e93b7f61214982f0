"""nginx as a CDN in front."""


def drill(stage):
    """Later."""
    return str(stage)
