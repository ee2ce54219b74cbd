"""FizzBee's statements: threads, frames, yield points, and the choices between them."""
