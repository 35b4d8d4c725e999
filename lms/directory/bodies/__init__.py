"""Boards and committees: who sits there, what is vacant, how they are composed."""
