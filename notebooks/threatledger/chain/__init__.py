"""What runs behind make: editions, the order of the notebooks, what is stale, and papermill."""
