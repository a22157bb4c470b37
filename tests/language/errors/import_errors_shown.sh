$GILA -c 'import nothing_like_this'; echo "status $?"
$GILA -c 'from math import sinus'; echo "status $?"
$GILA -c 'import os.nothing'; echo "status $?"
$GILA -c 'from collections import Deque' 2>&1 | tail -n 1 | sed 's/ (.*)//'
