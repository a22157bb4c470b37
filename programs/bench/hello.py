"""Start-up: what it costs to say hello."""
print("hello")
