"""WSGI (PEP 3333), the interface between web servers and applications.

util            what applications and servers both want: the address of a request, the rest of a path
headers         response headers as a mapping that may hold a name twice
handlers        running an application once, over any pair of streams
simple_server   a server for trying things out
validate        a layer between server and application that complains about both
types           the interface in terms of typing
"""
