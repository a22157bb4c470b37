# What importlib.metadata tells of an installed distribution: its metadata is a message.
import email.message
import os
import sys
import tempfile
from importlib import metadata

text = """Metadata-Version: 2.1
Name: Tiny_Pkg
Version: 1.0
Summary: A summary
Classifier: One
Classifier: Two
Keywords: a b  c
Requires-Dist: other (>=1.0) ; extra == 'more'
License: first line
        second line
          third line

The long description.

Of two paragraphs.
"""
with tempfile.TemporaryDirectory() as folder:
    info = os.path.join(folder, "Tiny_Pkg-1.0.dist-info")
    os.mkdir(info)
    for name, content in {"METADATA": text, "entry_points.txt": "[console_scripts]\ntiny = json:dumps\n[plugs]\nx = os:sep\n",
                          "RECORD": "tiny.py,sha256=abc,12\nTiny_Pkg-1.0.dist-info/METADATA,,\n"}.items():
        with open(os.path.join(info, name), "w") as stream:
            stream.write(content)
    sys.path.insert(0, folder)
    headers = metadata.metadata("tiny-pkg")
    print(isinstance(headers, email.message.Message), list(headers), len(headers))
    print(headers["name"], headers["missing"], headers.get("x", 5), headers.get_all("classifier"), "Summary" in headers)
    print(repr(headers["License"]), repr(headers["Description"]), headers.get_content_type())
    headers["Requires-Dist"] = "added"
    print(headers.get_all("requires-dist"))
    print(sorted(headers.json.items()))
    print(metadata.version("Tiny_Pkg"), metadata.requires("tiny_pkg"))
    print([(str(path), path.size, path.hash and path.hash.mode) for path in metadata.files("tiny_pkg")])
    print([(point.name, point.value, point.load()) for point in metadata.entry_points(group="plugs")])
    try:
        metadata.version("no-such-distribution")
    except metadata.PackageNotFoundError as error:
        print(error)
