# A short run of the stress; minutes of it by hand (tests/stress).
$GILA tests/stress/containers.py --seconds 3 2>/dev/null
