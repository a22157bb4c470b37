// lzma_filters.cc: see lzma_filters.h. Which keys a filter knows is one table for each family.
#include "stdlib/lzma_filters.h"

#include <cstdlib>
#include <cstring>
#include <string>

#include "runtime/protocols.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"
#include "stdlib/native_support.h"

namespace gila {

namespace {

Type* lzma_error = nullptr;

// A key of a filter's dict and where its number goes.
template <class Options>
struct Field {
  const char* name;
  void (*set)(Options& options, uint64_t number);
  uint64_t (*get)(const Options& options);
  int bits;
};

#define GILA_LZMA_FIELD(Options, name, member, type, bits)                          \
  {name, [](Options& o, uint64_t number) { o.member = static_cast<type>(number); }, \
   [](const Options& o) { return static_cast<uint64_t>(o.member); }, bits}
constexpr Field<lzma_options_lzma> kLzmaFields[] = {
    GILA_LZMA_FIELD(lzma_options_lzma, "lc", lc, uint32_t, 32),
    GILA_LZMA_FIELD(lzma_options_lzma, "lp", lp, uint32_t, 32),
    GILA_LZMA_FIELD(lzma_options_lzma, "pb", pb, uint32_t, 32),
    GILA_LZMA_FIELD(lzma_options_lzma, "dict_size", dict_size, uint32_t, 32),
    GILA_LZMA_FIELD(lzma_options_lzma, "mode", mode, lzma_mode, 32),
    GILA_LZMA_FIELD(lzma_options_lzma, "nice_len", nice_len, uint32_t, 32),
    GILA_LZMA_FIELD(lzma_options_lzma, "mf", mf, lzma_match_finder, 32),
    GILA_LZMA_FIELD(lzma_options_lzma, "depth", depth, uint32_t, 32),
};
constexpr Field<lzma_options_delta> kDeltaFields[] = {
    GILA_LZMA_FIELD(lzma_options_delta, "dist", dist, uint32_t, 32)};
constexpr Field<lzma_options_bcj> kBcjFields[] = {
    GILA_LZMA_FIELD(lzma_options_bcj, "start_offset", start_offset, uint32_t, 32)};
#undef GILA_LZMA_FIELD

// Reads the keys of `fields`; "id" and "preset" belong to the caller, any other key is wrong.
template <class Options, size_t kCount>
Status ReadFields(Thread& thread, Value dict, Options& options,
                  const Field<Options> (&fields)[kCount], const char* family,
                  bool preset_allowed) GILA_ATTACHED {
  GILA_TRY_VOID(ForEach(thread, dict, [&](Value key) GILA_ATTACHED -> Status {
    const std::string name = IsStr(key) ? ToUtf8(key) : std::string();
    if (name == "id" || (preset_allowed && name == "preset")) return kOk;
    for (const auto& field : fields) {
      if (name != field.name) continue;
      GILA_TRY(const Value given, GetItem(thread, dict, key));
      GILA_TRY(const uint64_t number, ToUnsigned(thread, given, field.bits));
      field.set(options, number);
      return kOk;
    }
    return thread.RaiseValueError("Invalid filter specifier for %s filter", family);
  }));
  return kOk;
}

// dict[name] for anything dict-like; unbound when there is none.
Result<Value> Entry(Thread& thread, Value dict, const char* name) GILA_ATTACHED {
  Result<Value> found = GetItem(thread, dict, Intern(thread, name));
  if (found.ok()) return found;
  if (!thread.ExceptionMatches(TypeId::kKeyError)) return kFailed;
  thread.ClearException();
  return kUnbound;
}

template <class Options>
Options* NewOptions() {
  return static_cast<Options*>(std::calloc(1, sizeof(Options)));
}

Status ReadLzma(Thread& thread, Value dict, lzma_filter& filter) GILA_ATTACHED {
  auto* const options = NewOptions<lzma_options_lzma>();
  filter.options = options;
  if (options == nullptr) return thread.RaiseMemoryError();
  uint64_t preset = LZMA_PRESET_DEFAULT;
  GILA_TRY(const Value given, Entry(thread, dict, "preset"));
  if (!given.IsUnbound()) {
    GILA_TRY(preset, ToUnsigned(thread, given, 32));
  }
  if (lzma_lzma_preset(options, static_cast<uint32_t>(preset)))
    return RaiseOfTypeFormat(thread, lzma_error, "Invalid compression preset: %u",
                             static_cast<unsigned>(preset));
  return ReadFields(thread, dict, *options, kLzmaFields, "LZMA", true);
}

Status ReadDelta(Thread& thread, Value dict, lzma_filter& filter) GILA_ATTACHED {
  auto* const options = NewOptions<lzma_options_delta>();
  filter.options = options;
  if (options == nullptr) return thread.RaiseMemoryError();
  options->type = LZMA_DELTA_TYPE_BYTE;
  options->dist = 1;
  return ReadFields(thread, dict, *options, kDeltaFields, "delta", false);
}

Status ReadBcj(Thread& thread, Value dict, lzma_filter& filter) GILA_ATTACHED {
  auto* const options = NewOptions<lzma_options_bcj>();
  filter.options = options;
  if (options == nullptr) return thread.RaiseMemoryError();
  return ReadFields(thread, dict, *options, kBcjFields, "BCJ", false);
}

bool IsBcj(lzma_vli id) {
  return id == LZMA_FILTER_X86 || id == LZMA_FILTER_POWERPC || id == LZMA_FILTER_IA64 ||
         id == LZMA_FILTER_ARM || id == LZMA_FILTER_ARMTHUMB || id == LZMA_FILTER_SPARC;
}

Status Put(Thread& thread, Dict* dict, const char* name, uint64_t number) GILA_ATTACHED {
  GILA_TRY(const Value value, NewIntFromUnsigned(thread, number));
  return DictSet(thread, dict, Intern(thread, name), value);
}

template <class Options, size_t kCount>
Status PutFields(Thread& thread, Dict* dict, const void* options,
                 const Field<Options> (&fields)[kCount], std::string_view wanted) GILA_ATTACHED {
  for (const auto& field : fields) {
    if (wanted.find("|" + std::string(field.name) + "|") == std::string_view::npos) continue;
    GILA_TRY_VOID(Put(thread, dict, field.name, field.get(*static_cast<const Options*>(options))));
  }
  return kOk;
}

}  // namespace

void SetLzmaError(Type* type) { lzma_error = type; }

FilterChain::~FilterChain() {
  for (size_t i = 0; i < count_; ++i) std::free(filters_[i].options);
}

Status FilterChain::ReadOne(Thread& thread, Value dict) {
  lzma_filter& filter = filters_[count_];
  filter = {};
  if (!IsDict(dict) && LookupSpecial(thread, TypeOf(dict), Special::kGetItem).IsUnbound())
    return thread.RaiseTypeError("Filter specifier must be a dict or dict-like object");
  GILA_TRY(const Value id, Entry(thread, dict, "id"));
  if (id.IsUnbound()) return thread.RaiseValueError("Filter specifier must have an \"id\" entry");
  GILA_TRY(filter.id, ToUnsigned(thread, id, 64));
  ++count_;  // from here on the destructor frees its options
  filters_[count_].id = LZMA_VLI_UNKNOWN;
  filters_[count_].options = nullptr;
  if (filter.id == LZMA_FILTER_LZMA1 || filter.id == LZMA_FILTER_LZMA2)
    return ReadLzma(thread, dict, filter);
  if (filter.id == LZMA_FILTER_DELTA) return ReadDelta(thread, dict, filter);
  if (IsBcj(filter.id)) return ReadBcj(thread, dict, filter);
  return thread.RaiseValueError("Invalid filter ID: %llu",
                                static_cast<unsigned long long>(filter.id));
}

Status FilterChain::Read(Thread& thread, Value sequence) {
  if (IsDict(sequence)) return thread.RaiseTypeError("dict is not a sequence");
  GILA_TRY(const int64_t length, Length(thread, sequence));
  if (length > LZMA_FILTERS_MAX)
    return thread.RaiseValueError("Too many filters - liblzma supports a maximum of %d",
                                  LZMA_FILTERS_MAX);
  for (int64_t i = 0; i < length; ++i) {
    GILA_TRY(const Value dict, GetItem(thread, sequence, Value::SmallInt(i)));
    GILA_TRY_VOID(ReadOne(thread, dict));
  }
  return kOk;
}

Result<uint64_t> ToUnsigned(Thread& thread, Value v, int bits) {
  GILA_TRY(const Value number, Index(thread, v));
  const MpzView view(PlainInt(number));
  if (mpz_sgn(view.z) < 0)
    return thread.Raise(TypeId::kOverflowError, "can't convert negative value to unsigned int");
  if (mpz_sizeinbase(view.z, 2) > 64)
    return thread.Raise(TypeId::kOverflowError, "int too big to convert");
  const uint64_t result = mpz_get_ui(view.z);
  if (bits == 32 && result > UINT32_MAX)
    return thread.Raise(TypeId::kOverflowError, "Value too large for uint32_t type");
  return result;
}

Result<Value> DescribeFilter(Thread& thread, const lzma_filter& filter) {
  GILA_TRY(Dict* const dict, NewDict(thread));
  GILA_TRY_VOID(Put(thread, dict, "id", filter.id));
  if (filter.options == nullptr) return dict;
  if (filter.id == LZMA_FILTER_LZMA1)
    GILA_TRY_VOID(PutFields(thread, dict, filter.options, kLzmaFields, "|lc|lp|pb|dict_size|"));
  if (filter.id == LZMA_FILTER_LZMA2)
    GILA_TRY_VOID(PutFields(thread, dict, filter.options, kLzmaFields, "|dict_size|"));
  if (filter.id == LZMA_FILTER_DELTA)
    GILA_TRY_VOID(PutFields(thread, dict, filter.options, kDeltaFields, "|dist|"));
  if (IsBcj(filter.id))
    GILA_TRY_VOID(PutFields(thread, dict, filter.options, kBcjFields, "|start_offset|"));
  return dict;
}

bool RaiseLzma(Thread& thread, lzma_ret code) {
  const auto say = [&](const char* text) GILA_ATTACHED {
    (void)RaiseOfType(thread, lzma_error, text);
    return true;
  };
  switch (code) {
    case LZMA_OK:
    case LZMA_GET_CHECK:
    case LZMA_NO_CHECK:
    case LZMA_STREAM_END:
      return false;
    case LZMA_UNSUPPORTED_CHECK:
      return say("Unsupported integrity check");
    case LZMA_MEM_ERROR:
      (void)thread.RaiseMemoryError();
      return true;
    case LZMA_MEMLIMIT_ERROR:
      return say("Memory usage limit exceeded");
    case LZMA_FORMAT_ERROR:
      return say("Input format not supported by decoder");
    case LZMA_OPTIONS_ERROR:
      return say("Invalid or unsupported options");
    case LZMA_DATA_ERROR:
      return say("Corrupt input data");
    case LZMA_BUF_ERROR:
      return say("Insufficient buffer space");
    case LZMA_PROG_ERROR:
      return say("Internal error");
    default:
      (void)RaiseOfTypeFormat(thread, lzma_error, "Unrecognized error from liblzma: %d", code);
      return true;
  }
}

}  // namespace gila
