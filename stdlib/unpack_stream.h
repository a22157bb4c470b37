// unpack_stream.h: what the decompressors of bz2 and lzma share: input that max_length left over,
// the end of the stream and what lies behind it. The codec is a template parameter:
//
//   struct Codec { using Stream = ...; Stream stream;      // next_in, avail_in, next_out,
//   avail_out
//                  static constexpr bool kUnsafeAfterError;           // no call may follow one
//                  that failed int Step(); bool AtEnd(int code); bool Failed(int code); };
//
// A stream is worked on by one thread at a time (the gate), detached when there is much to do.
#ifndef GILA_STDLIB_UNPACK_STREAM_H_
#define GILA_STDLIB_UNPACK_STREAM_H_

#include <algorithm>
#include <climits>
#include <string>

#include "runtime/heap/heap.h"
#include "runtime/protocols.h"
#include "stdlib/native_support.h"

namespace gila {

template <class Codec>
struct UnpackState {
  Codec codec = {};
  std::string waiting;  // input that is not yet taken
  bool alive = false, ended = false, failed = false;
};

template <class Codec>
struct UnpackObject : Object {
  Atomic<uint32_t> gate;
  Atomic<bool> ended, needs_input;
  Slot unused_data;
  UnpackState<Codec>* state;  // made by new, freed by the finaliser
};

template <class Codec>
void TraceUnpack(Object* object, Marker& marker) {
  marker.Visit(static_cast<UnpackObject<Codec>*>(object)->unused_data);
}
template <class Codec>
void FinalizeUnpack(Object* object) {
  auto* const state = static_cast<UnpackObject<Codec>*>(object)->state;
  if (state != nullptr && state->alive) state->codec.End();
  delete state;
}

template <class Codec>
Result<UnpackObject<Codec>*> NewUnpackObject(Thread& thread, Type* type) GILA_ATTACHED {
  GILA_TRY(Object* const object, AllocateInstance(thread, type));
  auto* const self = static_cast<UnpackObject<Codec>*>(object);
  self->unused_data.Init(empty_bytes);
  self->needs_input.Store(true);
  self->state = new UnpackState<Codec>();
  heap::RegisterFinalizer(thread, self);
  return self;
}

// How a piece of input went.
struct Unpacked {
  int code = 0;
  size_t left = 0;    // input that was not taken
  bool full = false;  // the last call filled its room: more may come without input
  bool no_memory = false;
};

// Runs the codec over `input` until its end, the end of the stream, or `limit` bytes (negative:
// any).
template <class Codec>
Unpacked RunUnpack(Codec& codec, std::string_view input, GrowingBytes& output, int64_t limit) {
  using In = decltype(codec.stream.avail_in);
  using Out = decltype(codec.stream.avail_out);
  constexpr size_t kPiece = UINT_MAX;
  Unpacked result;
  result.left = input.size();
  auto* next = const_cast<char*>(input.data());
  while (true) {
    if (!output.Room(limit)) {
      result.no_memory = output.failed();
      result.full = true;
      break;
    }
    const size_t piece = std::min(result.left, kPiece), room = std::min(output.room(), kPiece);
    codec.SetInput(next);
    codec.stream.avail_in = static_cast<In>(piece);
    codec.SetOutput(output.end());
    codec.stream.avail_out = static_cast<Out>(room);
    result.code = codec.Step();
    const size_t taken = piece - codec.stream.avail_in;
    next += taken;
    result.left -= taken;
    output.Used(room - codec.stream.avail_out);
    result.full = codec.stream.avail_out == 0;
    if (codec.Failed(result.code) || codec.AtEnd(result.code)) break;
    if (result.left == 0 && !result.full) break;
    if (taken == 0 && codec.stream.avail_out == room) break;  // it asks for more than there is
  }
  return result;
}

// decompress(data, max_length): `raise` words a failed code of the library.
template <class Codec, class Raise>
Result<Value> UnpackMore(Thread& thread, Args args, Raise raise) GILA_ATTACHED {
  auto* const self = args[0].As<UnpackObject<Codec>>();
  PinnedSource data;
  GILA_TRY_VOID(data.Read(thread, args[1]));
  int64_t limit = -1;
  if (args.Has(2)) {
    GILA_TRY(limit, ToInt64(thread, args[2]));
  }
  GrowingBytes output;
  Unpacked result;
  std::string unused;
  bool was_ended = false, was_failed = false;
  {
    ScopedGate gate(thread, self->gate);
    UnpackState<Codec>& state = *self->state;
    was_ended = state.ended;
    was_failed = state.failed;
    if (!was_ended && !was_failed && state.alive) {
      std::string_view input = data.view();
      if (!state.waiting.empty()) input = state.waiting.append(input);
      result = Detached(thread, std::max(input.size(), size_t{4096}),
                        [&] { return RunUnpack(state.codec, input, output, limit); });
      const std::string rest(input.substr(input.size() - result.left));
      const bool failed = state.codec.Failed(result.code);
      state.failed = failed && Codec::kUnsafeAfterError;
      state.ended = !failed && state.codec.AtEnd(result.code);
      if (state.ended) unused = rest;
      state.waiting = state.ended || failed ? std::string() : rest;
      self->ended.Store(state.ended);
      self->needs_input.Store(!failed && !state.ended && state.waiting.empty() && !result.full);
    }
  }
  if (was_ended) return thread.Raise(TypeId::kEOFError, Codec::kWhenEnded);
  if (was_failed) return thread.RaiseValueError("Decompressor is unusable after a previous error");
  if (result.no_memory) return thread.RaiseMemoryError();
  if (self->state->codec.Failed(result.code)) return raise(result.code);
  if (!unused.empty()) {
    GILA_TRY(const Value rest, NewBytes(thread, unused));
    self->unused_data.Store(self, rest);
  }
  return NewBytes(thread, output.view());
}

template <class Codec>
Result<Value> UnpackGetEof(Thread&, Value self) {
  return Value::Bool(self.As<UnpackObject<Codec>>()->ended.Load());
}
template <class Codec>
Result<Value> UnpackGetNeedsInput(Thread&, Value self) {
  return Value::Bool(self.As<UnpackObject<Codec>>()->needs_input.Load());
}
template <class Codec>
Result<Value> UnpackGetUnused(Thread&, Value self) {
  return self.As<UnpackObject<Codec>>()->unused_data.Load();
}

}  // namespace gila

#endif  // GILA_STDLIB_UNPACK_STREAM_H_
