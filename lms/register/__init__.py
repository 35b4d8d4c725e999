"""The member register, as files bring it."""
