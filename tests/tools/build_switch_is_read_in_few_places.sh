# The switch between the two builds is read in CMake, in runtime/threads/sync.h and in paired whole files.
grep -rlE 'GILA_DISABLE_GIL' --include='*.h' --include='*.cc' --include='*.re' --include='*.yy' --include='*.def' compiler runtime vm stdlib |
  grep -vE '^runtime/threads/sync\.h$|/no_gil[a-z_]*\.(cc|h)$|/gil[a-z_]*\.(cc|h)$'
echo checked
