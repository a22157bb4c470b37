for kind in (KeyboardInterrupt, SystemExit, GeneratorExit):
    try:
        try:
            raise kind("x")
        except Exception:
            print("never")
    except BaseException as e:
        print(type(e).__name__, isinstance(e, Exception))
