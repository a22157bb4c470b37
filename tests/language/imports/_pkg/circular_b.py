print("b begins")
import circular_a
print("b sees", hasattr(circular_a, "value"))
value = "from b"


def later():
    return circular_a.value
