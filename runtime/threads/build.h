// build.h: what the two builds do differently when a thread attaches, detaches or stops the world.
// gil_build.cc and no_gil_build.cc implement it; CMake compiles one of them. Only runtime/threads
// includes this.
#ifndef GILA_RUNTIME_THREADS_BUILD_H_
#define GILA_RUNTIME_THREADS_BUILD_H_

#include "runtime/threads/attach.h"

namespace gila {

void AttachInBuild(Thread& thread, bool early);
void DetachInBuild(Thread& thread);
// Answers kBreakDropRequest and kBreakStopTheWorld.
void YieldInBuild(Thread& thread, uint32_t breaker_bits);
void StopWorldInBuild(Thread& thread);
void StartWorldInBuild(Thread& thread);
void ResetAfterForkInBuild(Thread& thread);

// registry.cc: once finalisation has begun, a thread that wants to attach parks here for ever.
void ParkWhenFinalizing(Thread& thread);
bool MustPark(const Thread& thread);

}  // namespace gila

#endif  // GILA_RUNTIME_THREADS_BUILD_H_
