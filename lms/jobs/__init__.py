"""Long work: a row per job, claimed with a lease, resumable, with progress one may leave."""
