"""Who says what: quotes, clauses of speech, the speaker of each sentence, the issuer of each directive."""
