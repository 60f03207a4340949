"""Compare what the texts state: figures with figures, words with words, sums with their parts."""
