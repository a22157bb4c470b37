// attach.h: leaving and entering the attached state. The same words in both builds.
//
//   { AllowThreads detached(thread, Blocked::kRead);   // in the GIL build: lets the GIL go
//     count = ::read(fd, buffer, size); }              // no Value may be touched in this scope
#ifndef GILA_RUNTIME_THREADS_ATTACH_H_
#define GILA_RUNTIME_THREADS_ATTACH_H_

#include "runtime/thread.h"

namespace gila {

// Writes the callee-saved registers and the stack pointer of the caller into the thread's record,
// for the conservative scan.
void SaveRegisters(Thread& thread);

// Detach publishes the stack pointer for the conservative scan; Attach waits for the GIL (or for
// the world to go on).
void Detach(Thread& thread, Blocked why);
void Attach(Thread& thread);

class GILA_THREAD_ATTRIBUTE(scoped_lockable) AllowThreads {
 public:
  AllowThreads(Thread& thread, Blocked why)
      GILA_THREAD_ATTRIBUTE(exclusive_lock_function(detached_region))
      : thread_(thread) {
    Detach(thread, why);
  }
  ~AllowThreads() GILA_THREAD_ATTRIBUTE(unlock_function()) { Attach(thread_); }
  AllowThreads(const AllowThreads&) = delete;

 private:
  Thread& thread_;
};

// Every other thread is stopped at a safepoint or detached while this lives. Nothing to do under
// the GIL. Detaches while it waits for its turn; may not be nested.
class StopTheWorld {
 public:
  explicit StopTheWorld(Thread& thread);
  ~StopTheWorld();
  StopTheWorld(const StopTheWorld&) = delete;

 private:
  Thread& thread_;
};

// Starting and ending threads (threads/registry.cc).
Thread* RegisterMainThread();
// Makes the record for a thread about to start (null: no address space left); Begin is called on
// the new native thread and attaches it.
Thread* NewThreadRecord();
void BeginThread(Thread* thread);
void DropThreadRecord(Thread* thread);  // it could not be started
void EndThread(Thread* thread);
// Every registered thread, under the registry's lock or with the world stopped.
void ForEachThread(void (*visit)(Thread* thread, void* context), void* context);
// A collection begins: the holes that ended threads left for the next ones are no holes any more.
void DropSpareHoles();
// In the child of a fork: only `thread` lives on, with fresh locks.
void AfterForkInChild(Thread* thread);
// From now on every thread but the caller parks at its next attach.
void BeginFinalization(Thread& thread);

// The GIL's switches and figures. In the no-GIL build they do what the same call does in
// CPython 3.13t.
bool IsGilEnabled();
void SetGilEnabled(bool enabled);  // no-GIL build, at start-up only: really turns the lock on
double GetSwitchInterval();
void SetSwitchInterval(double seconds);
GilStatistics GetGilStatistics();
GilStatistics GetGilStatistics(const Thread& thread);  // its own share

}  // namespace gila

#endif  // GILA_RUNTIME_THREADS_ATTACH_H_
