for class in ["a", "b"]:
    print(class)
