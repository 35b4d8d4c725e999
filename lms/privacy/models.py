"""What is remembered of those who were erased: that they were."""

from django.db import models


class Erased(models.Model):
    """That a person was erased. Replayed after a restore, so that no backup brings anybody back.

    Personal data: an opaque id that leads nowhere, unless an old backup is restored; then it is
    what takes the person out again. Kept as long as a backup may be.
    """

    public_id = models.UUIDField(unique=True)
    erased_on = models.DateField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.public_id} {self.erased_on}"
