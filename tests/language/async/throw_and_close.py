class Wait:
    def __await__(self):
        try:
            return (yield "w")
        except ValueError as e:
            return f"handled {e}"
        finally:
            print("wait cleanup")


async def f():
    try:
        r = await Wait()
        print("r", r)
        await Wait()
    finally:
        print("f cleanup")


c = f()
c.send(None)
print(c.throw(ValueError("v")))
c.close()
c2 = f()
c2.send(None)
try:
    c2.throw(KeyError("k"))
except KeyError as e:
    print("out", e)
c3 = f()
c3.close()
try:
    c3.send(None)
except RuntimeError as e:
    print(e)
