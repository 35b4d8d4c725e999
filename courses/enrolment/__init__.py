"""Who takes which course, what they have done, what is next."""
