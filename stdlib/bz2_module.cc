// bz2_module.cc: the native half of bz2 (module _bz2): compressors and decompressors on libbz2.
// Files are stdlib/lib/bz2.py.
#include <bzlib.h>

#include "stdlib/unpack_stream.h"

namespace gila {

namespace {

Failed RaiseBz2(Thread& thread, int code) {
  switch (code) {
    case BZ_PARAM_ERROR:
      return thread.RaiseValueError("Internal error - invalid parameters passed to libbzip2");
    case BZ_MEM_ERROR:
      return thread.RaiseMemoryError();
    case BZ_DATA_ERROR:
    case BZ_DATA_ERROR_MAGIC:
      return thread.Raise(TypeId::kOSError, "Invalid data stream");
    case BZ_IO_ERROR:
      return thread.Raise(TypeId::kOSError, "Unknown I/O error");
    case BZ_UNEXPECTED_EOF:
      return thread.Raise(TypeId::kEOFError,
                          "Compressed file ended before the logical end-of-stream was detected");
    case BZ_SEQUENCE_ERROR:
      return thread.Raise(TypeId::kRuntimeError,
                          "Internal error - Invalid sequence of commands sent to libbzip2");
    default:
      return thread.RaiseFormat(TypeId::kOSError, "Unrecognized error from libbzip2: %d", code);
  }
}

// --- compressing ---

struct Compressor : Object {
  Atomic<uint32_t> gate;
  bool flushed;
  bz_stream* stream;  // malloc'ed: the library keeps its address
};

void FinalizeCompressor(Object* object) {
  auto* const self = static_cast<Compressor*>(object);
  if (self->stream == nullptr) return;
  BZ2_bzCompressEnd(self->stream);
  std::free(self->stream);
}
constexpr KindInfo kCompressorKind = {"BZ2Compressor", nullptr, FinalizeCompressor};

Result<Value> CompressorNew(Thread& thread, Args args) {
  int64_t level = 9;
  if (args.Has(1)) {
    GILA_TRY(level, ToInt64(thread, args[1]));
  }
  if (level < 1 || level > 9)
    return thread.RaiseValueError("compresslevel must be between 1 and 9");
  GILA_TRY(Object* const object, AllocateInstance(thread, args[0].As<Type>()));
  auto* const self = static_cast<Compressor*>(object);
  auto* const stream = static_cast<bz_stream*>(std::calloc(1, sizeof(bz_stream)));
  if (stream == nullptr) return thread.RaiseMemoryError();
  const int code = BZ2_bzCompressInit(stream, static_cast<int>(level), 0, 0);
  if (code != BZ_OK) {
    std::free(stream);
    return RaiseBz2(thread, code);
  }
  self->stream = stream;
  heap::RegisterFinalizer(thread, self);
  return self;
}

// Feeds `input`, or (BZ_FINISH) draws the rest. The last code of the library.
int Pack(bz_stream& stream, std::string_view input, int action, GrowingBytes& output) {
  auto* next = const_cast<char*>(input.data());
  size_t left = input.size();
  while (true) {
    if (action == BZ_RUN && left == 0) return BZ_OK;
    if (!output.Room(-1)) return BZ_MEM_ERROR;
    const size_t piece = std::min<size_t>(left, UINT_MAX);
    const size_t room = std::min<size_t>(output.room(), UINT_MAX);
    stream.next_in = next;
    stream.avail_in = static_cast<unsigned>(piece);
    stream.next_out = reinterpret_cast<char*>(output.end());
    stream.avail_out = static_cast<unsigned>(room);
    const int code = BZ2_bzCompress(&stream, action);
    next += piece - stream.avail_in;
    left -= piece - stream.avail_in;
    output.Used(room - stream.avail_out);
    if (code < 0 || code == BZ_STREAM_END) return code;
  }
}

Result<Value> Finish(Thread& thread, int code, const GrowingBytes& output) {
  if (code < 0) return RaiseBz2(thread, code);
  return NewBytes(thread, output.view());
}

Result<Value> CompressorCompress(Thread& thread, Args args) {
  auto* const self = args[0].As<Compressor>();
  PinnedSource data;
  GILA_TRY_VOID(data.Read(thread, args[1]));
  GrowingBytes output;
  int code = BZ_OK;
  bool flushed;
  {
    ScopedGate gate(thread, self->gate);
    flushed = self->flushed;
    if (!flushed)
      code = Detached(thread, data.size(),
                      [&] { return Pack(*self->stream, data.view(), BZ_RUN, output); });
  }
  if (flushed) return thread.RaiseValueError("Compressor has been flushed");
  return Finish(thread, code, output);
}

Result<Value> CompressorFlush(Thread& thread, Args args) {
  auto* const self = args[0].As<Compressor>();
  GrowingBytes output;
  int code = BZ_OK;
  bool flushed;
  {
    ScopedGate gate(thread, self->gate);
    flushed = self->flushed;
    self->flushed = true;
    if (!flushed) {
      AllowThreads detached(thread, Blocked::kOther);
      code = Pack(*self->stream, {}, BZ_FINISH, output);
    }
  }
  if (flushed) return thread.RaiseValueError("Repeated call to flush()");
  return Finish(thread, code, output);
}

// --- decompressing ---

struct Bunzip {
  bz_stream stream = {};
  static constexpr bool kUnsafeAfterError = true;
  static constexpr const char* kWhenEnded = "End of stream already reached";
  void SetInput(char* next) { stream.next_in = next; }
  void SetOutput(uint8_t* next) { stream.next_out = reinterpret_cast<char*>(next); }
  int Step() { return BZ2_bzDecompress(&stream); }
  static bool AtEnd(int code) { return code == BZ_STREAM_END; }
  static bool Failed(int code) { return code < 0; }
  void End() { BZ2_bzDecompressEnd(&stream); }
};
using Decompressor = UnpackObject<Bunzip>;
constexpr KindInfo kDecompressorKind = {"BZ2Decompressor", TraceUnpack<Bunzip>,
                                        FinalizeUnpack<Bunzip>};

Result<Value> DecompressorNew(Thread& thread, Args args) {
  GILA_TRY(Decompressor* const self, NewUnpackObject<Bunzip>(thread, args[0].As<Type>()));
  const int code = BZ2_bzDecompressInit(&self->state->codec.stream, 0, 0);
  if (code != BZ_OK) return RaiseBz2(thread, code);
  self->state->alive = true;
  return self;
}

Result<Value> DecompressorDecompress(Thread& thread, Args args) {
  return UnpackMore<Bunzip>(thread, args, [&](int code) { return RaiseBz2(thread, code); });
}

// --- tables ---

constexpr NativeDef kCompressorMethods[] = {
    {"compress", CompressorCompress, "(self, data, /)",
     "Takes data in; what is ready of the result."},
    {"flush", CompressorFlush, "(self, /)", "The end of the stream."},
    {nullptr, nullptr, nullptr, nullptr}};
constexpr TypeSpec kCompressorSpec = {.doc = "A stream that compresses what it is given.",
                                      .new_function = CompressorNew,
                                      .new_signature = "(cls, compresslevel=9, /)",
                                      .methods = kCompressorMethods,
                                      .native_size = sizeof(Compressor),
                                      .kind_info = &kCompressorKind};
constexpr NativeDef kDecompressorMethods[] = {
    {"decompress", DecompressorDecompress, "(self, data, max_length=-1)",
     "The next part of the result, at most max_length bytes of it (negative: any number)."},
    {nullptr, nullptr, nullptr, nullptr}};
constexpr GetSetDef kDecompressorGetSets[] = {
    {"eof", UnpackGetEof<Bunzip>, ReadonlyMember, "Was the end of the stream reached?"},
    {"needs_input", UnpackGetNeedsInput<Bunzip>, ReadonlyMember,
     "Is there nothing left to put out without input?"},
    {"unused_data", UnpackGetUnused<Bunzip>, ReadonlyMember,
     "What came behind the end of the stream."},
    {nullptr, nullptr, nullptr, nullptr}};
constexpr TypeSpec kDecompressorSpec = {.doc = "Undoes what a compressor did, piece by piece.",
                                        .new_function = DecompressorNew,
                                        .new_signature = "(cls, /)",
                                        .methods = kDecompressorMethods,
                                        .getsets = kDecompressorGetSets,
                                        .native_size = sizeof(Decompressor),
                                        .kind_info = &kDecompressorKind};

}  // namespace

Status InitBz2Module(Thread& thread, Module* module) {
  GILA_TRY_VOID(AddType(thread, module, kCompressorSpec, "_bz2.BZ2Compressor",
                        RegisterKind(kCompressorKind), sizeof(Compressor), kPlain));
  GILA_TRY_VOID(AddType(thread, module, kDecompressorSpec, "_bz2.BZ2Decompressor",
                        RegisterKind(kDecompressorKind), sizeof(Decompressor), kPlain));
  return kOk;
}

}  // namespace gila
