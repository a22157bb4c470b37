# A short run over files, sockets, caches, classes and the like; minutes of it by hand (tests/stress).
$GILA tests/stress/shared_objects.py --seconds 1 --share 0.2 2>&1 | grep -v ' rounds$'
