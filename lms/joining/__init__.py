"""Invitations, campaigns and those who come by themselves."""
