"""What models define, reach and do, as rules compare it with what is said of them."""
