"""People written down by another system of the organisation's: SCIM 2.0, by the rules of the register import."""
