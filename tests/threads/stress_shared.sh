# A short run over what the library and the language share; minutes of it by hand (tests/stress).
$GILA tests/stress/shared_library.py --seconds 0.5 --share 0.2 2>&1 | grep -v ' rounds$'
$GILA tests/stress/shared_values.py --seconds 0.5 --share 0.2 2>&1 | grep -v ' rounds$'
