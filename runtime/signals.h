// signals.h: from a Unix signal to Gila code. The native handler only notes the number and sets the
// main thread's breaker; the handlers of the program run at the main thread's next check, or when
// its blocking call returns with EINTR.
#ifndef GILA_RUNTIME_SIGNALS_H_
#define GILA_RUNTIME_SIGNALS_H_

#include "runtime/thread.h"

namespace gila {

inline constexpr int kSignalCount = 65;

// SIGINT raises KeyboardInterrupt, SIGPIPE and SIGXFSZ are ignored, as CPython sets them.
void InitSignals(Thread& main_thread);
// What signal.signal knows: handler is kDefault, kIgnore or a callable value.
enum class Disposition : uint8_t { kDefault, kIgnore, kCallable };
// Installs and gives the old one in *old_handler (unbound for default and ignore).
Status SetSignalHandler(Thread& thread, int number, Disposition disposition, Value handler);
Disposition GetSignalHandler(int number, Value* handler);
// Do system calls go on after the signal (signal.siginterrupt)? Not at first. An errno, 0 if all
// went well.
int LetCallsGoOn(int number, bool go_on);
// Has the program installed a handler of its own (for other than KeyboardInterrupt)?
bool ProgramHandlesSignals();
// The callable that is now installed does nothing but what Ctrl-C does by itself: it ends the
// thread's work. Nobody waits for it, so ProgramHandlesSignals does not count it.
void HandlerOnlyInterrupts(int number);
// Has a signal come whose handler has not run yet?
bool SignalWaits();
// Notes a signal as if it had arrived (_thread.interrupt_main). Async-signal-safe.
void TripSignal(int number);
// The descriptor that gets a byte per signal (signal.set_wakeup_fd), -1 for none; returns the old
// one.
int SetWakeupFd(int fd);
// While the main thread waits in a poll that goes on after EINTR: `wake(context)` ends that. It
// must be async-signal-safe; any thread may be the one that takes the signal.
void SetSignalWaker(void (*wake)(void* context), void* context);
// None from now on; the old one has returned wherever it ran.
void ClearSignalWaker();

}  // namespace gila

#endif  // GILA_RUNTIME_SIGNALS_H_
