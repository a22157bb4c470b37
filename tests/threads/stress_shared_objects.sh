# A short run over files, sockets, caches, classes and the like; minutes of it by hand (tests/stress). Left out are the kinds that
# are known to fail now and then without the GIL: buffers, imports, waiting, sorting (README.md, limits).
$GILA tests/stress/shared_objects.py --seconds 1 --share 0.2 files memory sockets random re codecs iterating classes weak interning counters database streams contexts frames 2>&1 |
  grep -v ' rounds$'
