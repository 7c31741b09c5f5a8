"""Who is to act: by the words of the clause, else by a scorecard over those mentioned, those told before, and nobody."""
