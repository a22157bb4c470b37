// zlib_module.cc: the module zlib: whole strings, streams and checksums, on libz. A stream is
// worked on detached when there is much to do, by one thread at a time (its gate).
#include <zlib.h>

#include <algorithm>
#include <climits>
#include <cstring>
#include <string>

#include "runtime/heap/heap.h"
#include "runtime/native.h"
#include "runtime/protocols.h"
#include "runtime/types/bytes.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"
#include "stdlib/native_support.h"

namespace gila {

namespace {

Type* zlib_error = nullptr;
Type* compress_type = nullptr;
Type* decompress_type = nullptr;

constexpr int64_t kBufferSize = 16384;

Failed RaiseZlib(Thread& thread, int code, const char* message, const char* doing) {
  if (message == nullptr) {
    if (code == Z_BUF_ERROR) message = "incomplete or truncated stream";
    if (code == Z_STREAM_ERROR) message = "inconsistent stream state";
    if (code == Z_DATA_ERROR) message = "invalid input data";
    if (code == Z_VERSION_ERROR) message = "library version mismatch";
  }
  if (message == nullptr) return RaiseOfTypeFormat(thread, zlib_error, "Error %d %s", code, doing);
  return RaiseOfTypeFormat(thread, zlib_error, "Error %d %s: %.200s", code, doing, message);
}

uInt Piece(size_t size) { return static_cast<uInt>(std::min<size_t>(size, UINT_MAX)); }

Result<int64_t> IntOr(Thread& thread, Args args, size_t i, int64_t fallback) {
  if (!args.Has(i)) return fallback;
  GILA_TRY(const int64_t number, ToInt64(thread, args[i]));
  if (number > INT_MAX || number < INT_MIN)
    return thread.Raise(TypeId::kOverflowError, "Python int too large to convert to C int");
  return number;
}

// Runs deflate or inflate over all of `input`, appending to `output`. Ends at the end of the
// stream, of the input, or at `limit` bytes of output (negative: none). The last code of the
// library.
template <int (*step)(z_stream*, int)>
int Drive(z_stream& stream, std::string_view input, int last_flush, GrowingBytes& output,
          int64_t limit, size_t* left_over) {
  auto* next = reinterpret_cast<Bytef*>(const_cast<char*>(input.data()));
  size_t left = input.size();
  int code = Z_OK;
  do {
    const uInt piece = Piece(left);
    stream.next_in = next;
    stream.avail_in = piece;
    const int flush = left > piece ? Z_NO_FLUSH : last_flush;
    do {
      if (!output.Room(limit)) {
        code = output.failed() ? Z_MEM_ERROR : Z_OK;
        *left_over = left - (piece - stream.avail_in);
        return code;
      }
      const uInt room = Piece(output.room());
      stream.next_out = output.end();
      stream.avail_out = room;
      code = step(&stream, flush);
      output.Used(room - stream.avail_out);
    } while (code == Z_OK && stream.avail_out == 0);
    const size_t taken = piece - stream.avail_in;
    next += taken;
    left -= taken;
  } while (left > 0 && code == Z_OK);
  *left_over = left;
  return code;
}

// --- whole strings ---

Result<Value> CompressFunction(Thread& thread, Args args) {
  PinnedSource data;
  GILA_TRY_VOID(data.Read(thread, args[0]));
  GILA_TRY(const int64_t level, IntOr(thread, args, 1, Z_DEFAULT_COMPRESSION));
  GILA_TRY(const int64_t bits, IntOr(thread, args, 2, MAX_WBITS));
  z_stream stream = {};
  int code = deflateInit2(&stream, static_cast<int>(level), Z_DEFLATED, static_cast<int>(bits),
                          MAX_MEM_LEVEL == 9 ? 8 : MAX_MEM_LEVEL, Z_DEFAULT_STRATEGY);
  if (code == Z_MEM_ERROR) return thread.RaiseMemoryError();
  if (code == Z_STREAM_ERROR) return RaiseOfType(thread, zlib_error, "Bad compression level");
  if (code != Z_OK) return RaiseZlib(thread, code, stream.msg, "while compressing data");
  GrowingBytes output;
  size_t left;
  code = Detached(thread, data.size(),
                  [&] { return Drive<deflate>(stream, data.view(), Z_FINISH, output, -1, &left); });
  const int ended = deflateEnd(&stream);
  if (code == Z_MEM_ERROR) return thread.RaiseMemoryError();
  if (code != Z_STREAM_END) return RaiseZlib(thread, code, nullptr, "while compressing data");
  if (ended != Z_OK) return RaiseZlib(thread, ended, nullptr, "while finishing compression");
  return NewBytes(thread, output.view());
}

Result<Value> DecompressFunction(Thread& thread, Args args) {
  PinnedSource data;
  GILA_TRY_VOID(data.Read(thread, args[0]));
  GILA_TRY(const int64_t bits, IntOr(thread, args, 1, MAX_WBITS));
  int64_t first = kBufferSize;
  if (args.Has(2)) {
    GILA_TRY(first, ToInt64(thread, args[2]));
  }
  if (first < 0) return thread.RaiseValueError("bufsize must be non-negative");
  z_stream stream = {};
  int code = inflateInit2(&stream, static_cast<int>(bits));
  if (code == Z_MEM_ERROR) return thread.RaiseMemoryError();
  if (code != Z_OK) {
    const Failed failed = RaiseZlib(thread, code, stream.msg, "while preparing to decompress data");
    inflateEnd(&stream);
    return failed;
  }
  GrowingBytes output;
  size_t left;
  output.Room(
      -1, static_cast<size_t>(std::max<int64_t>(std::min<int64_t>(first, int64_t{1} << 30), 1)));
  code = Detached(thread, data.size(), [&] {
    return Drive<inflate>(stream, data.view(), Z_SYNC_FLUSH, output, -1, &left);
  });
  const std::string message = stream.msg == nullptr ? "" : stream.msg;
  inflateEnd(&stream);
  if (code == Z_MEM_ERROR) return thread.RaiseMemoryError();
  if (code == Z_OK) code = Z_BUF_ERROR;
  if (code == Z_NEED_DICT) return RaiseZlib(thread, code, nullptr, "while decompressing data");
  if (code != Z_STREAM_END)
    return RaiseZlib(thread, code, message.empty() ? nullptr : message.c_str(),
                     "while decompressing data");
  return NewBytes(thread, output.view());
}

// --- streams ---

struct Stream : Object {
  Atomic<uint32_t> gate;
  bool alive;  // the z_stream is set up
  bool ended;  // Decompress: the end was reached
  Slot unused_data, unconsumed_tail, dictionary;
  z_stream* z;  // malloc'ed
};

void TraceStream(Object* object, Marker& marker) {
  auto* const self = static_cast<Stream*>(object);
  marker.Visit(self->unused_data);
  marker.Visit(self->unconsumed_tail);
  marker.Visit(self->dictionary);
}
void FinalizeCompress(Object* object) {
  auto* const self = static_cast<Stream*>(object);
  if (self->z == nullptr) return;
  if (self->alive) deflateEnd(self->z);
  std::free(self->z);
}
void FinalizeDecompress(Object* object) {
  auto* const self = static_cast<Stream*>(object);
  if (self->z == nullptr) return;
  if (self->alive) inflateEnd(self->z);
  std::free(self->z);
}
constexpr KindInfo kCompressKind = {"Compress", TraceStream, FinalizeCompress};
constexpr KindInfo kDecompressKind = {"Decompress", TraceStream, FinalizeDecompress};

Result<Stream*> NewStream(Thread& thread, Type* type) {
  GILA_TRY(Object* const object, AllocateInstance(thread, type));
  auto* const self = static_cast<Stream*>(object);
  self->unused_data.Init(empty_bytes);
  self->unconsumed_tail.Init(empty_bytes);
  self->dictionary.Init(kNone);
  self->z = static_cast<z_stream*>(std::calloc(1, sizeof(z_stream)));
  if (self->z == nullptr) return thread.RaiseMemoryError();
  heap::RegisterFinalizer(thread, self);
  return self;
}

Result<Value> CompressObject(Thread& thread, Args args) {
  GILA_TRY(const int64_t level, IntOr(thread, args, 0, Z_DEFAULT_COMPRESSION));
  GILA_TRY(const int64_t method, IntOr(thread, args, 1, Z_DEFLATED));
  GILA_TRY(const int64_t bits, IntOr(thread, args, 2, MAX_WBITS));
  GILA_TRY(const int64_t memory, IntOr(thread, args, 3, 8));
  GILA_TRY(const int64_t strategy, IntOr(thread, args, 4, Z_DEFAULT_STRATEGY));
  PinnedSource dictionary;
  const bool has_dictionary = args.Has(5) && !args[5].IsNone();
  if (has_dictionary) GILA_TRY_VOID(dictionary.Read(thread, args[5]));
  GILA_TRY(Stream* const self, NewStream(thread, compress_type));
  const auto narrow = [](int64_t i) { return static_cast<int>(i); };
  int code = deflateInit2(self->z, narrow(level), narrow(method), narrow(bits), narrow(memory),
                          narrow(strategy));
  if (code == Z_MEM_ERROR) return thread.RaiseMemoryError();
  if (code == Z_STREAM_ERROR) return thread.RaiseValueError("Invalid initialization option");
  if (code != Z_OK)
    return RaiseZlib(thread, code, self->z->msg, "while creating compression object");
  self->alive = true;
  if (has_dictionary) {
    code = deflateSetDictionary(self->z, dictionary.data(), Piece(dictionary.size()));
    if (code == Z_STREAM_ERROR) return thread.RaiseValueError("Invalid dictionary");
    if (code != Z_OK) return thread.RaiseValueError("deflateSetDictionary()");
  }
  return self;
}

Result<Value> CompressData(Thread& thread, Args args) {
  auto* const self = args[0].As<Stream>();
  PinnedSource data;
  GILA_TRY_VOID(data.Read(thread, args[1]));
  GrowingBytes output;
  int code = Z_STREAM_ERROR;
  {
    ScopedGate gate(thread, self->gate);
    size_t left;
    if (self->alive)
      code = Detached(thread, data.size(), [&] {
        return Drive<deflate>(*self->z, data.view(), Z_NO_FLUSH, output, -1, &left);
      });
  }
  if (code == Z_MEM_ERROR) return thread.RaiseMemoryError();
  if (code != Z_OK && code != Z_BUF_ERROR)
    return RaiseZlib(thread, code, nullptr, "while compressing data");
  return NewBytes(thread, output.view());
}

Result<Value> CompressFlush(Thread& thread, Args args) {
  auto* const self = args[0].As<Stream>();
  GILA_TRY(const int64_t mode, IntOr(thread, args, 1, Z_FINISH));
  if (mode == Z_NO_FLUSH) return empty_bytes;
  GrowingBytes output;
  int code = Z_STREAM_ERROR;
  {
    ScopedGate gate(thread, self->gate);
    size_t left;
    if (self->alive) code = Drive<deflate>(*self->z, {}, static_cast<int>(mode), output, -1, &left);
    if (code == Z_STREAM_END && mode == Z_FINISH) {
      deflateEnd(self->z);
      self->alive = false;
      code = Z_OK;
    }
  }
  if (code == Z_MEM_ERROR) return thread.RaiseMemoryError();
  if (code != Z_OK && code != Z_BUF_ERROR)
    return RaiseZlib(thread, code, nullptr, "while flushing");
  return NewBytes(thread, output.view());
}

template <int (*copy)(z_stream*, z_stream*)>
Result<Value> CopyStream(Thread& thread, Args args) {
  auto* const self = args[0].As<Stream>();
  GILA_TRY(Stream* const other, NewStream(thread, TypeOf(args[0])));
  int code = Z_STREAM_ERROR;
  {
    ScopedGate gate(thread, self->gate);
    if (self->alive) code = copy(other->z, self->z);
    other->alive = code == Z_OK;
    other->ended = self->ended;
    other->unused_data.Store(other, self->unused_data.Load());
    other->unconsumed_tail.Store(other, self->unconsumed_tail.Load());
    other->dictionary.Store(other, self->dictionary.Load());
  }
  if (code == Z_MEM_ERROR) return thread.RaiseMemoryError();
  if (code == Z_STREAM_ERROR) return thread.RaiseValueError("Inconsistent stream state");
  if (code != Z_OK) return RaiseZlib(thread, code, nullptr, "while copying");
  return other;
}

// --- decompressing streams ---

int SetDictionary(Stream* self, std::string_view dictionary) {
  return inflateSetDictionary(self->z, reinterpret_cast<const Bytef*>(dictionary.data()),
                              Piece(dictionary.size()));
}

Result<Value> DecompressObject(Thread& thread, Args args) {
  GILA_TRY(const int64_t bits, IntOr(thread, args, 0, MAX_WBITS));
  Value dictionary = kNone;
  if (args.Has(1)) {
    if (!IsBytesLike(args[1]))
      return thread.RaiseTypeError("zdict argument must support the buffer protocol");
    GILA_TRY(const std::string copy, CopyBuffer(thread, args[1]));
    GILA_TRY(dictionary, NewBytes(thread, copy));
  }
  GILA_TRY(Stream* const self, NewStream(thread, decompress_type));
  self->dictionary.Store(self, dictionary);
  int code = inflateInit2(self->z, static_cast<int>(bits));
  if (code == Z_MEM_ERROR) return thread.RaiseMemoryError();
  if (code == Z_STREAM_ERROR) return thread.RaiseValueError("Invalid initialization option");
  if (code != Z_OK)
    return RaiseZlib(thread, code, self->z->msg, "while creating decompression object");
  self->alive = true;
  // A raw stream does not ask for its dictionary.
  if (bits < 0 && !dictionary.IsNone() && args.Has(1)) {
    code = SetDictionary(self, dictionary.As<Bytes>()->view());
    if (code != Z_OK) return RaiseZlib(thread, code, nullptr, "while setting zdict");
  }
  return self;
}

struct Inflated {
  int code;
  size_t left;
};

Inflated Inflate(Stream* self, std::string_view input, int flush, GrowingBytes& output,
                 int64_t limit, std::string_view dictionary, bool has_dictionary) {
  Inflated result = {Z_OK, input.size()};
  while (true) {
    result.code = Drive<inflate>(*self->z, input, flush, output, limit, &result.left);
    if (result.code != Z_NEED_DICT || !has_dictionary) return result;
    result.code = SetDictionary(self, dictionary);
    if (result.code != Z_OK) return result;
    input.remove_prefix(input.size() - result.left);
  }
}

// Appends what was not used: behind the end, to unused_data; before it, as the new unconsumed tail.
Status KeepRest(Thread& thread, Stream* self, std::string_view rest, bool at_end, bool limited) {
  if (at_end) {
    if (!rest.empty()) {
      std::string all(self->unused_data.Load().As<Bytes>()->view());
      all += rest;
      GILA_TRY(const Value unused, NewBytes(thread, all));
      self->unused_data.Store(self, unused);
    }
    self->unconsumed_tail.Store(self, empty_bytes);
    return kOk;
  }
  if (limited || self->unconsumed_tail.Load().As<Bytes>()->size > 0) {
    GILA_TRY(const Value tail, NewBytes(thread, rest));
    self->unconsumed_tail.Store(self, tail);
  }
  return kOk;
}

Result<Value> RunDecompress(Thread& thread, Stream* self, std::string_view input, int64_t limit,
                            bool flushing) {
  GrowingBytes output;
  Inflated result = {Z_STREAM_ERROR, input.size()};
  std::string message;
  const Value dictionary = self->dictionary.Load();
  {
    ScopedGate gate(thread, self->gate);
    if (self->alive) {
      result = Detached(thread, input.size(), [&] {
        return Inflate(self, input, Z_SYNC_FLUSH, output, limit,
                       dictionary.IsNone() ? std::string_view() : dictionary.As<Bytes>()->view(),
                       !dictionary.IsNone());
      });
      if (self->z->msg != nullptr) message = self->z->msg;
    }
    if (result.code == Z_STREAM_END) {
      self->ended = true;
      if (flushing) {
        inflateEnd(self->z);
        self->alive = false;
      }
    }
  }
  if (result.code == Z_MEM_ERROR) return thread.RaiseMemoryError();
  const std::string_view rest = input.substr(input.size() - result.left);
  if (result.code == Z_STREAM_END || result.code == Z_OK || result.code == Z_BUF_ERROR)
    GILA_TRY_VOID(KeepRest(thread, self, rest, result.code == Z_STREAM_END, limit >= 0));
  if (result.code != Z_STREAM_END && result.code != Z_OK && result.code != Z_BUF_ERROR) {
    return RaiseZlib(thread, result.code, message.empty() ? nullptr : message.c_str(),
                     flushing ? "while flushing" : "while decompressing data");
  }
  return NewBytes(thread, output.view());
}

Result<Value> DecompressData(Thread& thread, Args args) {
  auto* const self = args[0].As<Stream>();
  PinnedSource data;
  GILA_TRY_VOID(data.Read(thread, args[1]));
  int64_t limit = 0;
  if (args.Has(2)) {
    GILA_TRY(limit, ToInt64(thread, args[2]));
  }
  if (limit < 0) return thread.RaiseValueError("max_length must be non-negative");
  return RunDecompress(thread, self, data.view(), limit == 0 ? -1 : limit, false);
}

Result<Value> DecompressFlush(Thread& thread, Args args) {
  auto* const self = args[0].As<Stream>();
  if (args.Has(1)) {
    GILA_TRY(const int64_t length, ToInt64(thread, args[1]));
    if (length <= 0) return thread.RaiseValueError("length must be greater than zero");
  }
  if (!self->alive) return empty_bytes;
  const Value tail = self->unconsumed_tail.Load();
  return RunDecompress(thread, self, tail.As<Bytes>()->view(), -1, true);
}

// --- checksums ---

template <uLong (*sum)(uLong, const Bytef*, uInt)>
Result<Value> Checksum(Thread& thread, Args args, uint32_t first) {
  PinnedSource data;
  GILA_TRY_VOID(data.Read(thread, args[0]));
  uLong value = first;
  if (args.Has(1)) {
    GILA_TRY(const Value number, Index(thread, args[1]));
    const MpzView view(PlainInt(number));
    const auto low = static_cast<uint32_t>(mpz_get_ui(view.z));
    value = mpz_sgn(view.z) < 0 ? uint32_t(0) - low : low;
  }
  value = Detached(thread, data.size(), [&] {
    const uint8_t* next = data.data();
    for (size_t left = data.size(); left > 0;) {
      const uInt piece = Piece(left);
      value = sum(value, next, piece);
      next += piece;
      left -= piece;
    }
    return value;
  });
  return Value::SmallInt(static_cast<int64_t>(value & 0xffffffffu));
}

Result<Value> Adler(Thread& thread, Args args) { return Checksum<adler32>(thread, args, 1); }
Result<Value> Crc(Thread& thread, Args args) { return Checksum<crc32>(thread, args, 0); }

// --- tables ---

constexpr NativeDef kCompressMethods[] = {
    {"compress", CompressData, "(self, data, /)", "Takes data in; what is ready of the result."},
    {"flush", CompressFlush, "(self, mode=zlib.Z_FINISH, /)",
     "What is not yet out; with Z_FINISH, the end."},
    {"copy", CopyStream<deflateCopy>, "(self, /)", "A compressor in the same state."},
    {"__copy__", CopyStream<deflateCopy>, "(self, /)", "A compressor in the same state."},
    {"__deepcopy__", CopyStream<deflateCopy>, "(self, memo, /)", "A compressor in the same state."},
    {nullptr, nullptr, nullptr, nullptr}};
constexpr TypeSpec kCompressSpec = {
    .methods = kCompressMethods, .native_size = sizeof(Stream), .kind_info = &kCompressKind};
constexpr NativeDef kDecompressMethods[] = {
    {"decompress", DecompressData, "(self, data, /, max_length=0)",
     "The next part of the result, at most max_length bytes of it (0: any number)."},
    {"flush", DecompressFlush, "(self, length=zlib.DEF_BUF_SIZE, /)", "All that can still be got."},
    {"copy", CopyStream<inflateCopy>, "(self, /)", "A decompressor in the same state."},
    {"__copy__", CopyStream<inflateCopy>, "(self, /)", "A decompressor in the same state."},
    {"__deepcopy__", CopyStream<inflateCopy>, "(self, memo, /)",
     "A decompressor in the same state."},
    {nullptr, nullptr, nullptr, nullptr}};
Result<Value> GetUnused(Thread&, Value self) { return self.As<Stream>()->unused_data.Load(); }
Result<Value> GetTail(Thread&, Value self) { return self.As<Stream>()->unconsumed_tail.Load(); }
Result<Value> GetEof(Thread&, Value self) { return Value::Bool(self.As<Stream>()->ended); }
constexpr GetSetDef kDecompressGetSets[] = {
    {"unused_data", GetUnused, ReadonlyMember, "What came behind the end of the stream."},
    {"unconsumed_tail", GetTail, ReadonlyMember, "What max_length left over."},
    {"eof", GetEof, ReadonlyMember, "Was the end of the stream reached?"},
    {nullptr, nullptr, nullptr, nullptr}};
constexpr TypeSpec kDecompressSpec = {.methods = kDecompressMethods,
                                      .getsets = kDecompressGetSets,
                                      .native_size = sizeof(Stream),
                                      .kind_info = &kDecompressKind};

constexpr NativeDef kFunctions[] = {
    {"compress", CompressFunction, "(data, /, level=-1, wbits=15)", "The data, compressed."},
    {"decompress", DecompressFunction, "(data, /, wbits=15, bufsize=16384)",
     "What the compressed data was made from."},
    {"compressobj", CompressObject,
     "(level=-1, method=8, wbits=15, memLevel=8, strategy=0, zdict=None)",
     "A compressor that takes its data in pieces."},
    {"decompressobj", DecompressObject, "(wbits=15, zdict=b'')",
     "A decompressor that takes its data in pieces."},
    {"adler32", Adler, "(data, value=1, /)", "The Adler-32 checksum."},
    {"crc32", Crc, "(data, value=0, /)", "The CRC-32 checksum."},
    {nullptr, nullptr, nullptr, nullptr}};

constexpr struct {
  const char* name;
  int value;
} kConstants[] = {{"MAX_WBITS", MAX_WBITS},
                  {"DEFLATED", Z_DEFLATED},
                  {"DEF_MEM_LEVEL", 8},
                  {"DEF_BUF_SIZE", 16384},
                  {"Z_NO_COMPRESSION", Z_NO_COMPRESSION},
                  {"Z_BEST_SPEED", Z_BEST_SPEED},
                  {"Z_BEST_COMPRESSION", Z_BEST_COMPRESSION},
                  {"Z_DEFAULT_COMPRESSION", Z_DEFAULT_COMPRESSION},
                  {"Z_FILTERED", Z_FILTERED},
                  {"Z_HUFFMAN_ONLY", Z_HUFFMAN_ONLY},
                  {"Z_RLE", Z_RLE},
                  {"Z_FIXED", Z_FIXED},
                  {"Z_DEFAULT_STRATEGY", Z_DEFAULT_STRATEGY},
                  {"Z_NO_FLUSH", Z_NO_FLUSH},
                  {"Z_PARTIAL_FLUSH", Z_PARTIAL_FLUSH},
                  {"Z_SYNC_FLUSH", Z_SYNC_FLUSH},
                  {"Z_FULL_FLUSH", Z_FULL_FLUSH},
                  {"Z_FINISH", Z_FINISH},
                  {"Z_BLOCK", Z_BLOCK},
                  {"Z_TREES", Z_TREES}};

}  // namespace

Status InitZlibModule(Thread& thread, Module* module) {
  GILA_TRY(zlib_error,
           AddExceptionClass(thread, module, "zlib", "error", GetType(TypeId::kException)));
  const auto make = [&](const TypeSpec& spec, const KindInfo& kind, const char* name) {
    return NewNativeType(thread, spec, name, GetType(TypeId::kObject),
                         static_cast<Kind>(RegisterKind(kind)), sizeof(Stream), kPlain);
  };
  GILA_TRY(compress_type, make(kCompressSpec, kCompressKind, "zlib.Compress"));
  heap::AddRoot(reinterpret_cast<Object**>(&compress_type));
  GILA_TRY(decompress_type, make(kDecompressSpec, kDecompressKind, "zlib.Decompress"));
  heap::AddRoot(reinterpret_cast<Object**>(&decompress_type));
  for (const auto& constant : kConstants)
    GILA_TRY_VOID(AddValue(thread, module, constant.name, Value::SmallInt(constant.value)));
  GILA_TRY(Str* const version, NewStr(thread, ZLIB_VERSION));
  GILA_TRY_VOID(AddValue(thread, module, "ZLIB_VERSION", version));
  GILA_TRY(Str* const runtime, NewStr(thread, zlibVersion()));
  GILA_TRY_VOID(AddValue(thread, module, "ZLIB_RUNTIME_VERSION", runtime));
  return AddFunctions(thread, module, kFunctions);
}

}  // namespace gila
