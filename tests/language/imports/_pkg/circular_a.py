print("a begins")
import circular_b
value = "from a"
print("a ends", circular_b.value)
