name = "world"
    # an indented comment is fine
print "hello", name
