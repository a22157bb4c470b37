// virtual_environment.h: is this process started by the name of a virtual environment's
// interpreter? What the environment then means for sys.path is the module site's affair.
#ifndef GILA_VM_MAIN_VIRTUAL_ENVIRONMENT_H_
#define GILA_VM_MAIN_VIRTUAL_ENVIRONMENT_H_

#include <string>

namespace gila::vm {

struct VirtualEnvironment {
  std::string prefix;           // the folder with pyvenv.cfg; empty: there is no environment
  std::string executable;       // the name that was called, made absolute: sys.executable
  std::string base_executable;  // the interpreter that the environment was made with
};

// `argv0` is how the process was called, `binary` the file that runs.
VirtualEnvironment FindVirtualEnvironment(const std::string& argv0, const std::string& binary);

}  // namespace gila::vm

#endif  // GILA_VM_MAIN_VIRTUAL_ENVIRONMENT_H_
