# -W and PYTHONWARNINGS: filters for warnings, the command line has the last word.
warn='import warnings; warnings.warn("beware"); warnings.warn("old", DeprecationWarning); print("end")'
$GILA -W ignore -c "$warn"
$GILA -W error::UserWarning -c "$warn" 2>&1 | tail -n 1
PYTHONWARNINGS=error $GILA -c "$warn" 2>&1 | tail -n 1
PYTHONWARNINGS=error $GILA -W ignore -c "$warn"
PYTHONWARNINGS=ignore,error::DeprecationWarning $GILA -c "$warn" 2>&1 | tail -n 1
$GILA -W nonsense -c "$warn" 2>&1 | head -n 1
$GILA -W error -c 'compile("1 is 1", "f", "exec")' 2>&1 | tail -n 1
