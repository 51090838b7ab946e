"""Search: a question comes in; candidates go out, best first, with key sentences."""
