$GILA -c 'import math; math.sqroot(2)' 2>&1 | tail -n 1
$GILA -c 'import sys; sys.verison' 2>&1 | tail -n 1
$GILA -c 'from collections import dequeue' 2>&1 | tail -n 1 | sed 's/ (.*)//'
$GILA -c 'import time; tme.sleep(1)' 2>&1 | tail -n 1
$GILA -c 'math.sqrt(2)' 2>&1 | tail -n 1
$GILA -c 'x = [1]; x.push(1)' 2>&1 | tail -n 1
$GILA -c 'lenght = 1; print(length)' 2>&1 | tail -n 1
$GILA -c 'def f(value): return valu
f(1)' 2>&1 | tail -n 1
$GILA -c 'print(Tru)' 2>&1 | tail -n 1
$GILA -c '"a".joim([])' 2>&1 | tail -n 1
