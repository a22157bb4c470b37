// no_iostreams.cc: std::cout and its kin are left alone. Headers of Abseil bring in <iostream>, and
// with it the initialisation of eight streams and a locale before main, which costs every start
// time and resident memory for what the program never uses: it writes with system calls of its own.
// A locale that somebody asks for is still made then.
#include <ios>

std::ios_base::Init::Init() {}
std::ios_base::Init::~Init() {}
