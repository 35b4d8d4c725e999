"""Units with dates, bodies, offices and terms, memberships; and the only answer to who may do what."""
