// wait_graph.h: who waits for whom, without a time limit, and whether anybody can still run.
//
// A wait is *endless* when only another thread of the program can end it: for a lock, for the end
// of a thread. A thread says so before it sleeps (EndlessWait) and names the word it sleeps on, and
// what the word must be for the sleep to go on. When the last thread that was not in such a wait
// begins one, nobody can ever run again unless a word has already changed; the thread then sleeps
// for kGraceNanoseconds, looks once more, and reports (DESIGN: the deadlock report). Everything
// else counts as able to run: system calls, sleeps, waits with a time limit, waiting for the GIL,
// byte locks of objects, threads that are just starting.
//
// The cost: two stores and one atomic add for each sleep of this kind, none for a lock that is
// free.
#ifndef GILA_RUNTIME_THREADS_WAIT_GRAPH_H_
#define GILA_RUNTIME_THREADS_WAIT_GRAPH_H_

#include "runtime/thread.h"
#include "runtime/threads/futex.h"

namespace gila {

// Sleeps while the word is `expected`, until woken or, with a deadline (null: none), too late; may
// wake without a reason. Called while detached. Without a deadline it is an endless wait, of that
// kind; it is over for good when the word is `over` (kQueue: when it is not). kInterrupted:
// ServeWhileWaiting has something to do; a signal for the main thread, whoever got it and at
// whatever moment it came.
FutexResult SleepOnWord(Thread& thread, WaitKind kind, Atomic<uint32_t>& word, uint32_t expected,
                        uint32_t over, const timespec* deadline);

// What a thread does that was woken without what it waits for, before it sleeps again: signal
// handlers, and perhaps a collection (heap/collect_now.h). May raise.
Status ServeWhileWaiting(Thread& thread) GILA_ATTACHED;

// -X deadlock=off, and the end of the interpreter: nobody looks any more.
void SetDeadlockReport(bool on);
// How the library tells it. It returns when a collection has found finalisers, which may wake
// somebody (the thread is to run them), or when the main thread is ready for Ctrl-C.
extern void (*deadlock_reporter)(Thread& thread);

// The number of threads that are able to run; registry.cc calls these as threads come and go.
void CountAbleThread();
void UncountAbleThread();  // wakes a sleeper to look when it was the last
void ResetAbleThreads();   // in the child of a fork: one is left

}  // namespace gila

#endif  // GILA_RUNTIME_THREADS_WAIT_GRAPH_H_
