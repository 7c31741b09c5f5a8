"""What is a directive: its passage, kind, sectors and confidence, and the record made of them."""
