// sys_info.cc: the facts that sys states: versions, limits, flags, names of modules.
#include <absl/strings/str_cat.h>

#include <cfloat>
#include <climits>
#include <cstdlib>
#include <string>

#include "runtime/call.h"
#include "runtime/instances.h"
#include "runtime/modules.h"
#include "runtime/protocols.h"
#include "runtime/type.h"
#include "runtime/types/dict.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/simple_namespace.h"
#include "runtime/types/str.h"
#include "runtime/types/struct_sequence.h"
#include "stdlib/frozen.h"
#include "stdlib/import.h"
#include "stdlib/sys.h"

namespace gila {

namespace {

constexpr int kMajor = 3, kMinor = 11, kMicro = 2;
constexpr int64_t kHexVersion = kMajor << 24 | kMinor << 16 | kMicro << 8 | 0xf0;

// One struct sequence: its type and the only instance.
Status AddStruct(Thread& thread, Module* sys, const char* attribute, const StructSequenceSpec& spec,
                 std::span<const Value> values) {
  GILA_TRY(Type* const type, NewStructSequenceType(thread, spec));
  GILA_TRY(const Value instance, NewStructSequence(thread, type, values));
  return AddValue(thread, sys, attribute, instance);
}

Value Small(int64_t i) { return Value::SmallInt(i); }

const char* const kVersionFields[] = {"major", "minor", "micro", "releaselevel", "serial", nullptr};
const StructSequenceSpec kVersionSpec = {
    "sys.version_info", "sys.version_info\n\nVersion information as a named tuple.", kVersionFields,
    5, false};

Status AddVersions(Thread& thread, Module* sys) {
  const Value version[] = {Small(kMajor), Small(kMinor), Small(kMicro), Intern(thread, "final"),
                           Small(0)};
  GILA_TRY_VOID(AddStruct(thread, sys, "version_info", kVersionSpec, version));
#if defined(__clang__)
  const std::string compiler = absl::StrCat("[Clang ", __clang_major__, ".", __clang_minor__, "]");
#else
  const std::string compiler = absl::StrCat("[GCC ", __VERSION__, "]");
#endif
  GILA_TRY(Str* const text,
           NewStr(thread,
                  absl::StrCat("3.11.2 (Gila, ", kGilDisabled ? "no GIL" : "GIL", ") ", compiler)));
  GILA_TRY_VOID(AddValue(thread, sys, "version", text));
  GILA_TRY_VOID(AddValue(thread, sys, "hexversion", Small(kHexVersion)));
  GILA_TRY_VOID(AddValue(thread, sys, "api_version", Small(1013)));
  GILA_TRY(const Value implementation, NewSimpleNamespace(thread));
  const auto set = [&](const char* name, Value value) {
    return SetOwnAttribute(thread, implementation.AsObject(), Intern(thread, name), value);
  };
  GILA_TRY_VOID(set("name", Intern(thread, "gila")));
  GILA_TRY_VOID(set("cache_tag", Intern(thread, "gila-311")));
  GILA_TRY_VOID(set("version", DictGetInterned(sys->dict.Load(), Intern(thread, "version_info"))));
  GILA_TRY_VOID(set("hexversion", Small(kHexVersion)));
  GILA_TRY_VOID(set("_multiarch", Intern(thread, "x86_64-linux-gnu")));
  return AddValue(thread, sys, "implementation", implementation);
}

const char* const kFloatFields[] = {"max",     "max_exp",    "max_10_exp", "min",
                                    "min_exp", "min_10_exp", "dig",        "mant_dig",
                                    "epsilon", "radix",      "rounds",     nullptr};
const StructSequenceSpec kFloatSpec = {
    "sys.float_info", "A named tuple holding information about the float type.", kFloatFields, 11};
const char* const kIntFields[] = {"bits_per_digit", "sizeof_digit", "default_max_str_digits",
                                  "str_digits_check_threshold", nullptr};
const StructSequenceSpec kIntSpec = {
    "sys.int_info",
    "A named tuple that holds information about Python's\ninternal representation of integers.",
    kIntFields, 4};
const char* const kHashFields[] = {"width",     "modulus",   "inf",       "nan",    "imag",
                                   "algorithm", "hash_bits", "seed_bits", "cutoff", nullptr};
const StructSequenceSpec kHashSpec = {
    "sys.hash_info", "A named tuple providing parameters used for computing hashes.", kHashFields,
    9};
const char* const kThreadFields[] = {"name", "lock", "version", nullptr};
const StructSequenceSpec kThreadSpec = {
    "sys.thread_info", "A named tuple holding information about the thread implementation.",
    kThreadFields, 3};

Status AddNumbers(Thread& thread, Module* sys) {
  const auto real = [&](double d) { return NewFloat(thread, d).raw(); };
  const Value float_info[] = {real(DBL_MAX),
                              Small(DBL_MAX_EXP),
                              Small(DBL_MAX_10_EXP),
                              real(DBL_MIN),
                              Small(DBL_MIN_EXP),
                              Small(DBL_MIN_10_EXP),
                              Small(DBL_DIG),
                              Small(DBL_MANT_DIG),
                              real(DBL_EPSILON),
                              Small(FLT_RADIX),
                              Small(1)};
  GILA_TRY_VOID(AddStruct(thread, sys, "float_info", kFloatSpec, float_info));
  const Value int_info[] = {Small(30), Small(4), Small(4300), Small(640)};
  GILA_TRY_VOID(AddStruct(thread, sys, "int_info", kIntSpec, int_info));
  GILA_TRY(const Value modulus, NewInt(thread, (int64_t{1} << 61) - 1));
  const Value hash_info[] = {Small(64), modulus,        Small(314159),
                             Small(0),  Small(1000003), Intern(thread, "siphash13"),
                             Small(64), Small(128),     Small(0)};
  GILA_TRY_VOID(AddStruct(thread, sys, "hash_info", kHashSpec, hash_info));
  GILA_TRY(Str* const nptl, NewStr(thread, "NPTL 2.36"));
  const Value thread_info[] = {Intern(thread, "pthread"), Intern(thread, "semaphore"), nptl};
  GILA_TRY_VOID(AddStruct(thread, sys, "thread_info", kThreadSpec, thread_info));
  GILA_TRY(const Value maxsize, NewInt(thread, INT64_MAX));
  GILA_TRY_VOID(AddValue(thread, sys, "maxsize", maxsize));
  GILA_TRY_VOID(AddValue(thread, sys, "maxunicode", Small(0x10FFFF)));
  return AddValue(thread, sys, "float_repr_style", Intern(thread, "short"));
}

const char* const kFlagFields[] = {"debug",
                                   "inspect",
                                   "interactive",
                                   "optimize",
                                   "dont_write_bytecode",
                                   "no_user_site",
                                   "no_site",
                                   "ignore_environment",
                                   "verbose",
                                   "bytes_warning",
                                   "quiet",
                                   "hash_randomization",
                                   "isolated",
                                   "dev_mode",
                                   "utf8_mode",
                                   "warn_default_encoding",
                                   "safe_path",
                                   "int_max_str_digits",
                                   nullptr};
const StructSequenceSpec kFlagSpec = {
    "sys.flags", "sys.flags\n\nFlags provided through command line arguments or environment vars.",
    kFlagFields, 18, false};

Status AddFlags(Thread& thread, Module* sys, const LibraryOptions& options) {
  const char* seed = getenv("PYTHONHASHSEED");
  const bool random_hash = options.ignore_environment || seed == nullptr ||
                           std::string_view(seed) == "random" || atoi(seed) != 0;
  const Value flags[] = {Small(options.parser_debug),
                         Small(options.inspect),
                         Small(options.interactive),
                         Small(options.optimize),
                         Small(options.dont_write_bytecode),
                         Small(options.no_user_site),
                         Small(options.no_site),
                         Small(options.ignore_environment),
                         Small(options.verbose),
                         Small(options.bytes_warning),
                         Small(options.quiet),
                         Small(random_hash),
                         Small(options.isolated),
                         Value::Bool(options.dev_mode),
                         Small(options.utf8_mode),
                         Small(options.warn_default_encoding),
                         Value::Bool(options.safe_path),
                         Small(static_cast<int>(options.int_max_str_digits))};
  GILA_TRY_VOID(AddStruct(thread, sys, "flags", kFlagSpec, flags));
  return AddValue(thread, sys, "dont_write_bytecode", kTrue);
}

Status AddModuleNames(Thread& thread, Module* sys) {
  GILA_TRY(List* const native, NewList(thread));
  GILA_TRY(Set* const all, NewSet(thread, TypeId::kFrozenSet));
  for (const std::string& name : NativeModuleNames()) {
    const Value interned = Intern(thread, name);
    GILA_TRY_VOID(ListAppend(thread, native, interned));
    GILA_TRY_VOID(SetAdd(thread, all, interned));
  }
  for (const FrozenModule* module = kFrozenModules; module->name != nullptr; ++module) {
    if (std::string_view(module->name).find('.') != std::string_view::npos) continue;
    GILA_TRY_VOID(SetAdd(thread, all, Intern(thread, module->name)));
  }
  // The system calls, of which a part is in the language: for programs that ask which system this
  // is.
  GILA_TRY_VOID(ListAppend(thread, native, Intern(thread, "posix")));
  GILA_TRY_VOID(ListSort(thread, native, kNone, false));
  GILA_TRY(Tuple* const names, ListToTuple(thread, native));
  GILA_TRY_VOID(AddValue(thread, sys, "builtin_module_names", names));
  return AddValue(thread, sys, "stdlib_module_names", all);
}

Status AddTexts(Thread& thread, Module* sys) {
  const std::pair<const char*, const char*> texts[] = {
      {"platform", "linux"},
      {"byteorder", "little"},
      {"platlibdir", "lib"},
      {"abiflags", ""},
      {"copyright", "Copyright (c) The Gila authors."}};
  for (const auto& [name, text] : texts) {
    GILA_TRY(Str* const value, NewStr(thread, text));
    GILA_TRY_VOID(AddValue(thread, sys, name, value));
  }
  GILA_TRY(Str* const doc,
           NewStr(thread,
                  "This module provides access to some objects used or maintained by "
                  "the\ninterpreter and to functions that interact strongly with the "
                  "interpreter."));
  return AddValue(thread, sys, "__doc__", doc);
}

}  // namespace

Status AddSysInfo(Thread& thread, Module* sys, const LibraryOptions& options) {
  GILA_TRY_VOID(AddTexts(thread, sys));
  GILA_TRY_VOID(AddVersions(thread, sys));
  GILA_TRY_VOID(AddNumbers(thread, sys));
  GILA_TRY_VOID(AddFlags(thread, sys, options));
  return AddModuleNames(thread, sys);
}

}  // namespace gila
