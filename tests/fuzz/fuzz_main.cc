// fuzz_main.cc: the program that libFuzzer drives. It brings the interpreter up once, takes the
// function of one target out of targets.py, and calls it with each input.
//
// The target is named by GILA_FUZZ_TARGET. A function catches what a bad input may raise; what
// comes out of it all the same is a finding, as is whatever the sanitizers see.
// tests/fuzz/README.md says how to run and what to do with a finding.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "runtime/call.h"
#include "runtime/init.h"
#include "runtime/protocols.h"
#include "runtime/types/bytes.h"
#include "runtime/types/exception.h"
#include "runtime/types/str.h"
#include "stdlib/import.h"
#include "stdlib/library.h"

namespace gila {
namespace {

Thread* main_thread = nullptr;
// In the module's namespace too, which keeps it alive.
Value target_function = kUnbound;

[[noreturn]] void Die(Thread& thread, const char* what) GILA_ATTACHED {
  fprintf(stderr, "gila_fuzz: %s\n", what);
  if (thread.HasException()) PrintException(thread, thread.TakeException());
  fflush(stderr);
  abort();
}

Value FindTarget(Thread& thread, const char* name) GILA_ATTACHED {
  const Result<Value> module = ImportAbsolute(thread, "targets");
  if (!module.ok()) Die(thread, "targets.py does not import");
  const Result<Value> function =
      GetAttr(thread, module.value(), Intern(thread, std::string("fuzz_") + name));
  if (!function.ok()) Die(thread, "GILA_FUZZ_TARGET names no target of targets.py");
  return function.value();
}

void BringUp() GILA_ATTACHED {
  const char* name = getenv("GILA_FUZZ_TARGET");
  if (name == nullptr) {
    fprintf(stderr, "gila_fuzz: GILA_FUZZ_TARGET must name a target of tests/fuzz/targets.py\n");
    exit(2);
  }
  main_thread = &InitRuntime();
  LibraryOptions options;
  options.argv = {"gila_fuzz"};
  options.path0 = GILA_FUZZ_FOLDER;
  options.ignore_environment = true;
  if (!InitLibrary(*main_thread, options).ok()) Die(*main_thread, "the library does not come up");
  target_function = FindTarget(*main_thread, name);
}

}  // namespace
}  // namespace gila

extern "C" {

const char* __ubsan_default_options() { return "print_stacktrace=1:halt_on_error=1"; }

int LLVMFuzzerInitialize(int*, char***) {
  gila::BringUp();
  return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  gila::Thread& thread = *gila::main_thread;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const auto bytes = gila::NewBytes(thread, input);
  if (!bytes.ok()) gila::Die(thread, "no memory for the input");
  if (!gila::Call(thread, gila::target_function, {bytes.value()}).ok())
    gila::Die(thread, "the target raised what it does not expect");
  return 0;
}

}  // extern "C"
