// import.h: imports, natively: what importlib does in CPython. import.cc holds the statement's
// meaning (`__import__`), import_find.cc where modules come from, import_lock.cc what threads that
// import the same module wait for.
#ifndef GILA_STDLIB_IMPORT_H_
#define GILA_STDLIB_IMPORT_H_

#include <string>
#include <string_view>
#include <vector>

#include "runtime/result.h"
#include "runtime/thread.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "stdlib/frozen.h"

namespace gila {

// Where a module was found.
struct FoundModule {
  enum class Kind : uint8_t { kNone, kNative, kFrozen, kSource, kNamespace, kForeign };
  Kind kind = Kind::kNone;
  int native = -1;                       // kNative: its place in the table
  const FrozenModule* frozen = nullptr;  // kFrozen
  std::string path;                      // kSource, kFrozen: the file
  bool is_package = false;
  std::vector<std::string> search_path;  // packages: their __path__
  Value spec = kUnbound;                 // kForeign: what a finder of sys.meta_path gave
};

// Once, before the first import.
void InitFinders();
// Looks for the module; `search_path` is the parent's __path__ (a list), or unbound at the top.
Result<FoundModule> FindModule(Thread& thread, const std::string& name,
                               Value search_path) GILA_ATTACHED;
// A native or frozen module.
FoundModule FindOwnModule(const std::string& name);
// The same in the directories of one path alone (a list of str).
Result<FoundModule> FindModuleInPath(Thread& thread, const std::string& name,
                                     Value path) GILA_ATTACHED;
// A new ModuleSpec for what was found.
Result<Value> MakeModuleSpec(Thread& thread, const std::string& name,
                             const FoundModule& found) GILA_ATTACHED;
// Fills __spec__, __loader__, __file__, __path__ and their kin.
Status FillModuleAttributes(Thread& thread, Module* module, const std::string& name,
                            const FoundModule& found, Value spec) GILA_ATTACHED;
// Runs the module's code (or native init function) in its namespace.
Status ExecuteModule(Thread& thread, Module* module, const std::string& name,
                     const FoundModule& found) GILA_ATTACHED;
// The code of a found module that has source.
Result<Code*> CompileModuleCode(Thread& thread, const std::string& name,
                                const FoundModule& found) GILA_ATTACHED;

// The module `name` (dotted), loaded with its parents.
Result<Value> ImportAbsolute(Thread& thread, const std::string& name) GILA_ATTACHED;
// __import__(name, globals, locals, fromlist, level).
Result<Value> ImportModuleLevel(Thread& thread, Value name, Value globals, Value fromlist,
                                int64_t level) GILA_ATTACHED;
Failed RaiseModuleNotFound(Thread& thread, const std::string& name,
                           const std::string& message) GILA_ATTACHED;

// Held by the thread that loads `name`. A thread that would have to wait for itself, through
// whatever chain of others, gets the half-loaded module instead (`deadlock`), as in CPython.
class ImportLock {
 public:
  ImportLock(Thread& thread, const std::string& name);
  ~ImportLock();
  ImportLock(const ImportLock&) = delete;
  bool deadlock() const { return deadlock_; }
  // The holder says so when its module is in sys.modules; whoever meets a deadlock may ask.
  void NoteRunning();
  bool HolderIsRunning() const;

 private:
  std::string name_;
  bool deadlock_ = false;
};
// What a thread that sleeps on `word` waits for, when that is a module: its name and the thread
// that loads it (null: none any more). False when it waits for something else. For a report, which
// no other thread runs beside.
bool ImportWaitedFor(const Thread& waiter, const Atomic<uint32_t>* word, std::string* module,
                     const Thread** loader);
// One lock besides, which _imp.acquire_lock() takes and a fork holds while the process splits: what
// is done under it is whole in the child. Its holder may come again.
class ForkImportLock {
 public:
  explicit ForkImportLock(Thread& thread) : thread_(thread) { Acquire(thread); }
  ~ForkImportLock() { Release(thread_); }
  ForkImportLock(const ForkImportLock&) = delete;

  static void Acquire(Thread& thread);  // waits detached
  static bool Release(Thread& thread);  // false: this thread does not hold it
  static bool IsHeld();

 private:
  Thread& thread_;
};
// Is anybody importing anything? While not, every module in sys.modules is complete.
bool ImportsUnderWay();

// The builtin_module_names.
std::vector<std::string> NativeModuleNames();
bool IsNativeModule(std::string_view name);

}  // namespace gila

#endif  // GILA_STDLIB_IMPORT_H_
