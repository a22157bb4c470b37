# -X gil and PYTHON_GIL: a build with the GIL refuses to turn it off, one without can turn it on.
state='import sys; print(sys._is_gil_enabled())'
refusal='Fatal Python error: config_read_gil: Disabling the GIL is not supported by this build'
default=$($GILA -c "$state")
[[ $($GILA -X gil=1 -c "$state") == True ]] && echo "-X gil=1 turns it on"
[[ $(PYTHON_GIL=1 $GILA -c "$state") == True ]] && echo "PYTHON_GIL=1 turns it on"
if [[ $default == True ]]; then
  for attempt in "$GILA -X gil=0" "env PYTHON_GIL=0 $GILA"; do
    said=$($attempt -c "$state" 2>&1)
    [[ $? -eq 1 && $said == "$refusal"* ]] && echo "off is refused or obeyed"
  done
else
  for attempt in "$GILA -X gil=0" "env PYTHON_GIL=0 $GILA"; do
    [[ $($attempt -c "$state") == False ]] && echo "off is refused or obeyed"
  done
  [[ $(PYTHON_GIL=1 $GILA -X gil=0 -c "$state") == False ]] || echo "-X gil must win over PYTHON_GIL"
fi
said=$($GILA -X gil=2 -c "$state" 2>&1)
[[ $? -eq 1 && $said == 'Fatal Python error: config_read_gil: PYTHON_GIL / -X gil must be "0" or "1"'* ]] && echo "2 is refused"
$GILA -c 'import sys; print(sys.implementation.name, sys.version_info >= (3, 11), type(sys._gil_stats()).__name__)'
