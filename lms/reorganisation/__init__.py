"""Counties merge, branches split: the plan, its steps and what follows."""
