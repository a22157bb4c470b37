try:
    raise ExceptionGroup("g", [ValueError(1), TypeError("unhandled")])
except* ValueError:
    print("handled the value error")
