"""What people can do: frameworks, the ledger of evidence, and the level it proves on a date."""
