def größe(wert):
    return "日本" + wert["schlüssel"] + "é"


größe({"other": 1})
