"""Who is to act: the model's marks, and the words of the clause where they say more."""
