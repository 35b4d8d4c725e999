"""What the organisation teaches and how its people rise."""
