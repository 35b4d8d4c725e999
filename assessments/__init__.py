"""What the organisation asks: questions with versions, papers, attempts, grading."""
