// sys_threads.cc: what the other threads are doing: sys._current_frames() and
// _current_exceptions(); and call_tracing().
//
// The other threads run on while the answer is made, so that it is a picture of one moment: frames
// with their code and line, but without live variables. The picture is taken in two steps, because
// nothing can be allocated while the world stands still: how much there is to note, then the noting
// itself.
#include <algorithm>

#include "runtime/call.h"
#include "runtime/threads/attach.h"
#include "runtime/tracing.h"
#include "runtime/types/dict.h"
#include "runtime/types/exception.h"
#include "runtime/types/frame.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "stdlib/sys.h"

namespace gila {

namespace {

// Five values for each frame: the thread's number, code, globals, instruction, and the address of
// its registers, which looks like a small int.
constexpr int64_t kPerFrame = 5;
// Between the two steps threads may call deeper.
constexpr int64_t kSlack = 1024;

struct Picture {
  Thread* asking;
  Tuple* into = nullptr;  // null: only count
  int64_t used = 0;
  const Thread* noted = nullptr;  // whose frames come now
};

Value AddressValue(const Value* registers) { return Value(reinterpret_cast<uint64_t>(registers)); }

void NoteFrame(void* context, Code* code, Dict* globals, uint32_t word, const Value* registers) {
  auto* picture = static_cast<Picture*>(context);
  const int64_t at = picture->used;
  picture->used += kPerFrame;
  if (picture->into == nullptr || picture->used > picture->into->length) return;
  Slot* items = picture->into->items + at;
  items[0].Store(picture->into, Value::SmallInt(static_cast<int64_t>(picture->noted->id)));
  items[1].Store(picture->into, code);
  items[2].Store(picture->into, globals);
  items[3].Store(picture->into, Value::SmallInt(word));
  items[4].Store(picture->into, AddressValue(registers));
}

void NoteFrames(Thread* thread, void* context) {
  auto* picture = static_cast<Picture*>(context);
  if (thread == picture->asking) return;
  picture->noted = thread;
  VisitFrames(*thread, NoteFrame, picture);
}

Result<Tuple*> NotedFrames(Thread& thread, int64_t* used) {
  Picture picture{&thread};
  {
    StopTheWorld stopped(thread);
    ForEachThread(NoteFrames, &picture);
  }
  GILA_TRY(Tuple * into, NewTuple(thread, picture.used + kSlack * kPerFrame));
  picture = {&thread, into};
  {
    StopTheWorld stopped(thread);
    ForEachThread(NoteFrames, &picture);
  }
  *used = std::min(picture.used, into->length);
  return into;
}

// The frame noted at `first`, with those of its thread that come after it as its callers; `end` is
// where the next thread begins.
Result<Frame*> FrameChain(Thread& thread, const Tuple* noted, int64_t used, int64_t first,
                          int64_t* end) {
  Frame* innermost = nullptr;
  Frame* inner = nullptr;
  int64_t i = first;
  for (; i < used && noted->At(i) == noted->At(first); i += kPerFrame) {
    GILA_TRY(Frame * frame, NewFrame(thread, noted->At(i + 1).As<Code>(), noted->At(i + 2),
                                     static_cast<uint32_t>(noted->At(i + 3).AsSmallInt())));
    if (innermost == nullptr)
      innermost = frame;
    else
      inner->back.Store(inner, frame);
    inner = frame;
  }
  *end = i;
  return innermost;
}

Result<Value> CurrentFrames(Thread& thread, Args) {
  GILA_TRY(Dict * frames, NewDict(thread));
  int64_t used = 0;
  GILA_TRY(Tuple * noted, NotedFrames(thread, &used));
  for (int64_t i = 0; i < used;) {
    const Value owner = noted->At(i);
    GILA_TRY(Frame * innermost, FrameChain(thread, noted, used, i, &i));
    GILA_TRY_VOID(DictSet(thread, frames, owner, innermost));
  }
  if (Frame* own = CurrentFrame(thread, 0); own != nullptr) {
    GILA_TRY(const Value number, NewInt(thread, static_cast<int64_t>(thread.id)));
    GILA_TRY_VOID(DictSet(thread, frames, number, own));
  }
  return frames;
}

void NoteException(Thread* thread, void* context) {
  auto* picture = static_cast<Picture*>(context);
  const int64_t at = picture->used;
  picture->used += 2;
  if (picture->into == nullptr || picture->used > picture->into->length) return;
  picture->into->items[at].Store(picture->into, Value::SmallInt(static_cast<int64_t>(thread->id)));
  picture->into->items[at + 1].Store(picture->into, thread->handled);
}

// The frame that caught another thread's exception runs there: its place in the picture is what the
// traceback shows of it.
Status ShowCatchingFrame(Thread& thread, Value owner, Traceback* entry) {
  if (entry->activation == 0 || !entry->frame.Load().IsUnbound()) return kOk;
  int64_t used = 0;
  GILA_TRY(Tuple * noted, NotedFrames(thread, &used));
  for (int64_t i = 0; i < used; i += kPerFrame) {
    if (noted->At(i) != owner || noted->At(i + 4) != AddressValue(entry->registers)) continue;
    GILA_TRY(Frame * frame, FrameChain(thread, noted, used, i, &i));
    entry->frame.Store(entry, Value(frame));
    break;
  }
  return kOk;
}

Result<Value> CurrentExceptions(Thread& thread, Args) {
  Picture picture{&thread};
  GILA_TRY(Tuple * into, NewTuple(thread, kSlack));
  picture.into = into;
  {
    StopTheWorld stopped(thread);
    ForEachThread(NoteException, &picture);
  }
  GILA_TRY(Dict * all, NewDict(thread));
  for (int64_t i = 0; i < std::min(picture.used, into->length); i += 2) {
    Value parts[] = {kNone, kNone, kNone};
    if (const Value handled = into->At(i + 1); IsException(handled)) {
      parts[0] = TypeOf(handled);
      parts[1] = handled;
      parts[2] = handled.As<Exception>()->traceback.Load();
      if (Traceback* entry = CastOrNull<Traceback>(parts[2]);
          entry != nullptr && into->At(i) != Value::SmallInt(static_cast<int64_t>(thread.id)))
        GILA_TRY_VOID(ShowCatchingFrame(thread, into->At(i), entry));
    }
    GILA_TRY(Tuple * triple, NewTuple(thread, parts));
    GILA_TRY_VOID(DictSet(thread, all, into->At(i), triple));
  }
  return all;
}

Result<Value> CallTracing(Thread& thread, Args args) {
  if (!IsTuple(args[1])) {
    const std::string given(TypeNameOf(args[1]));
    return thread.RaiseTypeError("call_tracing() argument 2 must be tuple, not %s", given.c_str());
  }
  return CallTraced(thread, args[0], args[1]);
}

}  // namespace

const NativeDef kSysThreads[] = {
    {"_current_frames", CurrentFrames, "()",
     "Return a dict mapping each thread's thread id to its current stack frame."},
    {"_current_exceptions", CurrentExceptions, "()",
     "Return a dict mapping each thread's identifier to its current raised exception."},
    {"call_tracing", CallTracing, "(func, args, /)", "Call func(*args), while tracing is enabled."},
    {nullptr, nullptr, nullptr, nullptr},
};

}  // namespace gila
