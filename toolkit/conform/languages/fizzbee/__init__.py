"""FizzBee (commit 0f2c824 of its repository): reading, describing and running its specs."""
