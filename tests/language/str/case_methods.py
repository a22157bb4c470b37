for s in ("hello World", "ÀÉÎ straße", "ǆ ﬁ", "they're bill's", "ABC123def", "", "ΑΣ ΟΔΥΣΣΕΥΣ", "İi"):
    print(repr(s.upper()), repr(s.lower()), repr(s.title()), repr(s.capitalize()), repr(s.swapcase()), repr(s.casefold()))
