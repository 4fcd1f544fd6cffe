"""Deleting in a bucket whose versioning is suspended, as a stack's destroy leaves it before the bucket's own removal."""

from moto.s3.models import FakeDeleteMarker


def repair():
    """moto frees the memory of every version that it deletes, and a delete marker has none to free: it answered 500, and
    Terraform's provider asks again 25 times, for minutes."""
    FakeDeleteMarker.dispose = lambda self, garbage=False: None
