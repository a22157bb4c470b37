$GILA -c 'def f(): f()
f()' 2>&1 | sed 's/ [0-9]* more times/ N more times/' ; echo "status ${PIPESTATUS[0]}"
