numbers = [
    10,
    20 30,
]
