"""What documents and other texts say, beyond the constructs that they declare."""
