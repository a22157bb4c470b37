// lzma_module.cc: the native half of lzma (module _lzma): compressors and decompressors on liblzma.
// Filters are lzma_filters.cc, what decompressors of all kinds share unpack_stream.h, files
// stdlib/lib/lzma.py.
#include <lzma.h>

#include "runtime/types/int.h"
#include "stdlib/lzma_filters.h"
#include "stdlib/unpack_stream.h"

namespace gila {

namespace {

enum ContainerFormat { kAuto, kXz, kAlone, kRaw };

// --- compressing ---

struct Compressor : Object {
  Atomic<uint32_t> gate;
  bool flushed;
  lzma_stream* stream;
};

void FinalizeCompressor(Object* object) {
  auto* const self = static_cast<Compressor*>(object);
  if (self->stream == nullptr) return;
  lzma_end(self->stream);
  std::free(self->stream);
}
constexpr KindInfo kCompressorKind = {"LZMACompressor", nullptr, FinalizeCompressor};

struct Settings {
  int64_t format = kXz, check = -1;
  uint32_t preset = LZMA_PRESET_DEFAULT;
  bool has_filters = false;
};

Status Start(Thread& thread, lzma_stream* stream, const Settings& settings,
             const FilterChain& chain) GILA_ATTACHED {
  const auto check =
      static_cast<lzma_check>(settings.check == -1 ? int{LZMA_CHECK_CRC64} : settings.check);
  lzma_ret code = LZMA_OK;
  lzma_options_lzma options;
  if (settings.format == kXz) {
    code = settings.has_filters ? lzma_stream_encoder(stream, chain.get(), check)
                                : lzma_easy_encoder(stream, settings.preset, check);
  } else if (settings.format == kRaw) {
    code = lzma_raw_encoder(stream, chain.get());
  } else if (!settings.has_filters) {
    code = lzma_lzma_preset(&options, settings.preset) ? LZMA_OPTIONS_ERROR
                                                       : lzma_alone_encoder(stream, &options);
  } else if (chain.get()[0].id == LZMA_FILTER_LZMA1 && chain.get()[1].id == LZMA_VLI_UNKNOWN) {
    code = lzma_alone_encoder(stream, static_cast<lzma_options_lzma*>(chain.get()[0].options));
  } else {
    return thread.RaiseValueError(
        "Invalid filter chain for FORMAT_ALONE - must be a single LZMA1 filter");
  }
  if (RaiseLzma(thread, code)) return kFailed;
  return kOk;
}

Result<Value> CompressorNew(Thread& thread, Args args) {
  Settings settings;
  const Value preset = args.Or(3, kNone), filters = args.Or(4, kNone);
  if (args.Has(1)) {
    GILA_TRY(settings.format, ToInt64(thread, args[1]));
  }
  if (args.Has(2)) {
    GILA_TRY(settings.check, ToInt64(thread, args[2]));
  }
  if (!preset.IsNone() && !filters.IsNone())
    return thread.RaiseValueError("Cannot specify both preset and filter chain");
  if (!preset.IsNone()) {
    GILA_TRY(const uint64_t number, ToUnsigned(thread, preset, 32));
    settings.preset = static_cast<uint32_t>(number);
  }
  if (settings.format != kXz && settings.check != -1 && settings.check != LZMA_CHECK_NONE)
    return thread.RaiseValueError("Integrity checks are only supported by FORMAT_XZ");
  if (settings.format != kXz && settings.format != kAlone && settings.format != kRaw)
    return thread.RaiseValueError("Invalid container format: %d",
                                  static_cast<int>(settings.format));
  if (settings.format == kRaw && filters.IsNone())
    return thread.RaiseValueError("Must specify filters for FORMAT_RAW");
  FilterChain chain;
  settings.has_filters = !filters.IsNone();
  if (settings.has_filters) GILA_TRY_VOID(chain.Read(thread, filters));
  GILA_TRY(Object* const object, AllocateInstance(thread, args[0].As<Type>()));
  auto* const self = static_cast<Compressor*>(object);
  self->stream = static_cast<lzma_stream*>(std::calloc(1, sizeof(lzma_stream)));
  if (self->stream == nullptr) return thread.RaiseMemoryError();
  heap::RegisterFinalizer(thread, self);
  GILA_TRY_VOID(Start(thread, self->stream, settings, chain));
  return self;
}

// Feeds `input`; with LZMA_FINISH draws the rest, too.
lzma_ret Pack(lzma_stream& stream, std::string_view input, lzma_action action,
              GrowingBytes& output) {
  stream.next_in = reinterpret_cast<const uint8_t*>(input.data());
  stream.avail_in = input.size();
  while (true) {
    if (!output.Room(-1)) return LZMA_MEM_ERROR;
    const size_t room = output.room();
    stream.next_out = output.end();
    stream.avail_out = room;
    const lzma_ret code = lzma_code(&stream, action);
    output.Used(room - stream.avail_out);
    const bool starved = code == LZMA_BUF_ERROR && input.empty() && stream.avail_out > 0;
    if (starved) return LZMA_OK;
    if (code != LZMA_OK || (action == LZMA_RUN && stream.avail_in == 0)) return code;
  }
}

Result<Value> Run(Thread& thread, Compressor* self, std::string_view input, lzma_action action,
                  const char* when_flushed) GILA_ATTACHED {
  GrowingBytes output;
  lzma_ret code = LZMA_OK;
  bool flushed;
  {
    ScopedGate gate(thread, self->gate);
    flushed = self->flushed;
    if (action == LZMA_FINISH) self->flushed = true;
    if (!flushed) {
      AllowThreads detached(thread, Blocked::kOther);
      code = Pack(*self->stream, input, action, output);
    }
  }
  if (flushed) return thread.RaiseValueError("%s", when_flushed);
  if (RaiseLzma(thread, code)) return kFailed;
  return NewBytes(thread, output.view());
}

Result<Value> CompressorCompress(Thread& thread, Args args) {
  PinnedSource data;
  GILA_TRY_VOID(data.Read(thread, args[1]));
  return Run(thread, args[0].As<Compressor>(), data.view(), LZMA_RUN,
             "Compressor has been flushed");
}

Result<Value> CompressorFlush(Thread& thread, Args args) {
  return Run(thread, args[0].As<Compressor>(), {}, LZMA_FINISH, "Repeated call to flush()");
}

// --- decompressing ---

struct Unlzma {
  lzma_stream stream = LZMA_STREAM_INIT;
  Atomic<int> check;  // what the stream said about itself
  static constexpr bool kUnsafeAfterError = false;
  static constexpr const char* kWhenEnded = "Already at end of stream";
  void SetInput(char* next) { stream.next_in = reinterpret_cast<const uint8_t*>(next); }
  void SetOutput(uint8_t* next) { stream.next_out = next; }
  int Step() {
    lzma_ret code = lzma_code(&stream, LZMA_RUN);
    // It stops to say what it has read of the stream, maybe before it takes anything.
    while (code == LZMA_GET_CHECK || code == LZMA_NO_CHECK) {
      check.Store(lzma_get_check(&stream));
      code = lzma_code(&stream, LZMA_RUN);
    }
    // Nothing to do is no error: more input may come.
    return code == LZMA_BUF_ERROR && (stream.avail_in == 0 || stream.avail_out == 0) ? LZMA_OK
                                                                                     : code;
  }
  static bool AtEnd(int code) { return code == LZMA_STREAM_END; }
  static bool Failed(int code) { return code != LZMA_OK && code != LZMA_STREAM_END; }
  void End() { lzma_end(&stream); }
};
using Decompressor = UnpackObject<Unlzma>;
constexpr KindInfo kDecompressorKind = {"LZMADecompressor", TraceUnpack<Unlzma>,
                                        FinalizeUnpack<Unlzma>};

Result<Value> DecompressorNew(Thread& thread, Args args) {
  int64_t format = kAuto;
  uint64_t limit = UINT64_MAX;
  const Value memory = args.Or(2, kNone), filters = args.Or(3, kNone);
  if (args.Has(1)) {
    GILA_TRY(format, ToInt64(thread, args[1]));
  }
  if (!memory.IsNone()) {
    if (format == kRaw)
      return thread.RaiseValueError("Cannot specify memory limit with FORMAT_RAW");
    GILA_TRY(limit, ToUnsigned(thread, memory, 64));
  }
  if (format == kRaw && filters.IsNone())
    return thread.RaiseValueError("Must specify filters for FORMAT_RAW");
  if (format != kRaw && !filters.IsNone())
    return thread.RaiseValueError("Cannot specify filters except with FORMAT_RAW");
  FilterChain chain;
  if (!filters.IsNone()) GILA_TRY_VOID(chain.Read(thread, filters));
  GILA_TRY(Decompressor* const self, NewUnpackObject<Unlzma>(thread, args[0].As<Type>()));
  Unlzma& codec = self->state->codec;
  codec.check.Store(format == kAuto || format == kXz ? LZMA_CHECK_ID_MAX + 1 : LZMA_CHECK_NONE);
  constexpr uint32_t kTell = LZMA_TELL_ANY_CHECK | LZMA_TELL_NO_CHECK;
  lzma_ret code;
  if (format == kAuto) {
    code = lzma_auto_decoder(&codec.stream, limit, kTell);
  } else if (format == kXz) {
    code = lzma_stream_decoder(&codec.stream, limit, kTell);
  } else if (format == kAlone) {
    code = lzma_alone_decoder(&codec.stream, limit);
  } else if (format == kRaw) {
    code = lzma_raw_decoder(&codec.stream, chain.get());
  } else {
    return thread.RaiseValueError("Invalid container format: %d", static_cast<int>(format));
  }
  if (RaiseLzma(thread, code)) return kFailed;
  self->state->alive = true;
  return self;
}

Result<Value> DecompressorDecompress(Thread& thread, Args args) {
  return UnpackMore<Unlzma>(thread, args, [&](int code) GILA_ATTACHED -> Failed {
    (void)RaiseLzma(thread, static_cast<lzma_ret>(code));
    return kFailed;
  });
}

Result<Value> GetCheck(Thread&, Value self) {
  return Value::SmallInt(self.As<Decompressor>()->state->codec.check.Load());
}

// --- functions ---

Result<Value> IsCheckSupported(Thread& thread, Args args) {
  GILA_TRY(const int64_t id, ToInt64(thread, args[0]));
  return Value::Bool(id >= 0 && id <= INT_MAX &&
                     lzma_check_is_supported(static_cast<lzma_check>(id)));
}

Result<Value> EncodeProperties(Thread& thread, Args args) {
  FilterChain chain;
  GILA_TRY_VOID(chain.ReadOne(thread, args[0]));
  uint32_t size = 0;
  if (RaiseLzma(thread, lzma_properties_size(&size, chain.get()))) return kFailed;
  std::string bytes(size, '\0');
  if (RaiseLzma(thread,
                lzma_properties_encode(chain.get(), reinterpret_cast<uint8_t*>(bytes.data()))))
    return kFailed;
  return NewBytes(thread, bytes);
}

Result<Value> DecodeProperties(Thread& thread, Args args) {
  lzma_filter filter = {};
  GILA_TRY(filter.id, ToUnsigned(thread, args[0], 64));
  PinnedSource data;
  GILA_TRY_VOID(data.Read(thread, args[1]));
  if (RaiseLzma(thread, lzma_properties_decode(&filter, nullptr, data.data(), data.size())))
    return kFailed;
  const Result<Value> described = DescribeFilter(thread, filter);
  std::free(filter.options);
  return described;
}

// --- tables ---

constexpr NativeDef kCompressorMethods[] = {
    {"compress", CompressorCompress, "(self, data, /)",
     "Takes data in; what is ready of the result."},
    {"flush", CompressorFlush, "(self, /)", "The end of the stream."},
    {nullptr, nullptr, nullptr, nullptr}};
constexpr TypeSpec kCompressorSpec = {
    .doc = "A stream that compresses what it is given.",
    .new_function = CompressorNew,
    .new_signature = "(cls, format=FORMAT_XZ, check=-1, preset=None, filters=None)",
    .methods = kCompressorMethods,
    .native_size = sizeof(Compressor),
    .kind_info = &kCompressorKind};
constexpr NativeDef kDecompressorMethods[] = {
    {"decompress", DecompressorDecompress, "(self, data, max_length=-1)",
     "The next part of the result, at most max_length bytes of it (negative: any number)."},
    {nullptr, nullptr, nullptr, nullptr}};
constexpr GetSetDef kDecompressorGetSets[] = {
    {"eof", UnpackGetEof<Unlzma>, ReadonlyMember, "Was the end of the stream reached?"},
    {"needs_input", UnpackGetNeedsInput<Unlzma>, ReadonlyMember,
     "Is there nothing left to put out without input?"},
    {"unused_data", UnpackGetUnused<Unlzma>, ReadonlyMember,
     "What came behind the end of the stream."},
    {"check", GetCheck, ReadonlyMember,
     "The kind of the stream's checksum; CHECK_UNKNOWN until that was read."},
    {nullptr, nullptr, nullptr, nullptr}};
constexpr TypeSpec kDecompressorSpec = {
    .doc = "Undoes what a compressor did, piece by piece.",
    .new_function = DecompressorNew,
    .new_signature = "(cls, format=FORMAT_AUTO, memlimit=None, filters=None)",
    .methods = kDecompressorMethods,
    .getsets = kDecompressorGetSets,
    .native_size = sizeof(Decompressor),
    .kind_info = &kDecompressorKind};

constexpr NativeDef kFunctions[] = {
    {"is_check_supported", IsCheckSupported, "(check_id, /)",
     "Can this checksum be written and read?"},
    {"_encode_filter_properties", EncodeProperties, "(filter, /)",
     "The options of a filter as bytes, without its id."},
    {"_decode_filter_properties", DecodeProperties, "(filter_id, encoded_props, /)",
     "The dict that describes a filter, from such bytes."},
    {nullptr, nullptr, nullptr, nullptr}};

constexpr struct {
  const char* name;
  uint64_t value;
} kConstants[] = {
    {"FORMAT_AUTO", kAuto},
    {"FORMAT_XZ", kXz},
    {"FORMAT_ALONE", kAlone},
    {"FORMAT_RAW", kRaw},
    {"CHECK_NONE", LZMA_CHECK_NONE},
    {"CHECK_CRC32", LZMA_CHECK_CRC32},
    {"CHECK_CRC64", LZMA_CHECK_CRC64},
    {"CHECK_SHA256", LZMA_CHECK_SHA256},
    {"CHECK_ID_MAX", LZMA_CHECK_ID_MAX},
    {"CHECK_UNKNOWN", LZMA_CHECK_ID_MAX + 1},
    {"FILTER_LZMA1", LZMA_FILTER_LZMA1},
    {"FILTER_LZMA2", LZMA_FILTER_LZMA2},
    {"FILTER_DELTA", LZMA_FILTER_DELTA},
    {"FILTER_X86", LZMA_FILTER_X86},
    {"FILTER_IA64", LZMA_FILTER_IA64},
    {"FILTER_ARM", LZMA_FILTER_ARM},
    {"FILTER_ARMTHUMB", LZMA_FILTER_ARMTHUMB},
    {"FILTER_SPARC", LZMA_FILTER_SPARC},
    {"FILTER_POWERPC", LZMA_FILTER_POWERPC},
    {"MF_HC3", LZMA_MF_HC3},
    {"MF_HC4", LZMA_MF_HC4},
    {"MF_BT2", LZMA_MF_BT2},
    {"MF_BT3", LZMA_MF_BT3},
    {"MF_BT4", LZMA_MF_BT4},
    {"MODE_FAST", LZMA_MODE_FAST},
    {"MODE_NORMAL", LZMA_MODE_NORMAL},
    {"PRESET_DEFAULT", LZMA_PRESET_DEFAULT},
    {"PRESET_EXTREME", LZMA_PRESET_EXTREME},
};

}  // namespace

Status InitLzmaModule(Thread& thread, Module* module) {
  GILA_TRY(Type* const error,
           AddExceptionClass(thread, module, "_lzma", "LZMAError", GetType(TypeId::kException)));
  SetLzmaError(error);
  GILA_TRY_VOID(AddType(thread, module, kCompressorSpec, "_lzma.LZMACompressor",
                        RegisterKind(kCompressorKind), sizeof(Compressor), kPlain));
  GILA_TRY_VOID(AddType(thread, module, kDecompressorSpec, "_lzma.LZMADecompressor",
                        RegisterKind(kDecompressorKind), sizeof(Decompressor), kPlain));
  for (const auto& constant : kConstants) {
    GILA_TRY(const Value value, NewIntFromUnsigned(thread, constant.value));
    GILA_TRY_VOID(AddValue(thread, module, constant.name, value));
  }
  return AddFunctions(thread, module, kFunctions);
}

}  // namespace gila
