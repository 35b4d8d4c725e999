"""Declarations of personal data: what each field holds, why, how long, and what erasure does to it."""
