value = "helped"
if __name__ == "__main__":
    print("helper as main", __package__)
