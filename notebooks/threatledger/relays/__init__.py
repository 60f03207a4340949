"""Tell which texts are copies or rewordings of one origin, and what changed on the way."""
