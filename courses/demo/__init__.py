"""The demo: an invented organisation, its people, and the course *Ny i styret*."""
