class M:
    def __enter__(self):
        return self

    def __exit__(self, *a):
        print("cleaning up")


def work():
    with M() as m:
        try:
            m.missing_attribute
        finally:
            print("finally")


work()
