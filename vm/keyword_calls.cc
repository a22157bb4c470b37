// keyword_calls.cc: f(a, key=b) without looking at names again.
//
// The names of a call instruction never change, so for one code the parameter of each keyword is
// always the same. The cache word holds that code and the parameters, six bits each; a call that
// meets the code again puts the values into place and fills in defaults. Whatever is wrong with a
// call (a parameter is missing) is found before anything has moved and told by the binder.
#include "vm/keyword_calls.h"

#include <algorithm>

#include "bytecode/code_data.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"
#include "vm/fast_paths.h"
#include "vm/inline_cache.h"

namespace gila::vm {
namespace {

constexpr int64_t kMaxKeywords = 4;
constexpr size_t kMaxParameters = 24;
constexpr int kParameterBits = 6;
static_assert(kMaxKeywords * kParameterBits <= 24 && kMaxParameters < (1 << kParameterBits));

// Nothing but parameters with names, which is all that the short way fills.
bool HasPlainParameters(const Code* code) {
  constexpr uint32_t kOther = kCodeVarArgs | kCodeVarKeywords | kCodeGenerator | kCodeCoroutine |
                              kCodeIterableCoroutine | kCodeAsyncGenerator;
  return (code->code_flags & kOther) == 0 && code->parameter_count <= kMaxParameters;
}

Value DefaultOf(const Function* function, const Code* code, uint32_t parameter) {
  if (parameter >= code->positional_count) {
    const Value defaults = function->keyword_defaults.Load();
    if (!IsDict(defaults)) return kUnbound;
    return DictGetInterned(defaults.As<Dict>(),
                           code->local_names.Load().As<Tuple>()->At(parameter));
  }
  const Value defaults = function->defaults.Load();
  if (!IsTuple(defaults)) return kUnbound;
  const int64_t index = defaults.As<Tuple>()->length - code->positional_count + parameter;
  return index >= 0 ? defaults.As<Tuple>()->At(index) : kUnbound;
}

// Makes the frame of a call that the cache knows. Null: the long way, nothing has happened.
const Code* EnterKnown(Thread& thread, const uint64_t* pc, Value* registers, Value* window,
                       uint32_t count) {
  const uint64_t cache = LoadWord(pc + 1);
  if (TagOf(cache) != kTagKeywords || !IsKind(window[0], kKindFunction)) return nullptr;
  const Function* function = window[0].As<Function>();
  const Code* code = function->code.Load();
  if (CacheUpper(cache) != heap::Compress(code)) return nullptr;
  Value* args = window + kFrameHeader;
  const uint32_t keywords = static_cast<uint32_t>(args[count].As<Tuple>()->length);
  const uint32_t given = count - keywords, parameters = code->parameter_count;
  Value bound[kMaxParameters];
  std::fill(bound + given, bound + parameters, kUnbound);
  for (uint32_t k = 0; k < keywords; ++k)
    bound[cache >> (k * kParameterBits) & ((1 << kParameterBits) - 1)] = args[given + k];
  for (uint32_t i = given; i < parameters; ++i) {
    if (!bound[i].IsUnbound()) continue;
    bound[i] = DefaultOf(function, code, i);
    if (bound[i].IsUnbound()) return nullptr;
  }
  if (!EnterFrame(thread, code, pc, registers, args, 0)) return nullptr;
  std::copy(bound + given, bound + parameters, args + given);
  return code;
}

}  // namespace

void LearnKeywords(const Slow& slow, uint16_t form, Value callable, size_t count, Value kwnames) {
  if (!IsKind(callable, kKindFunction)) return;
  const Code* code = callable.As<Function>()->code.Load();
  const Tuple* names = kwnames.As<Tuple>();
  if (!HasPlainParameters(code) || names->length > kMaxKeywords || count > code->parameter_count)
    return;
  const size_t given = count - static_cast<size_t>(names->length);
  if (given > code->positional_count) return;
  const Tuple* parameters = code->local_names.Load().As<Tuple>();
  const auto first = std::max(static_cast<int64_t>(given),
                              static_cast<int64_t>(code->data->positional_only_count));
  uint64_t cache = uint64_t{heap::Compress(code)} << 32 | uint64_t{kTagKeywords} << 24;
  for (int64_t k = 0; k < names->length; ++k) {
    int64_t parameter = first;
    while (parameter < code->parameter_count && parameters->At(parameter) != names->At(k))
      ++parameter;
    if (parameter >= code->parameter_count) return;  // an error, or a name that is not interned
    cache |= static_cast<uint64_t>(parameter) << (k * kParameterBits);
  }
  Specialise(slow.pc, form, slow.registers, cache);
}

Step CallKwFunctionSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Instruction in(LoadWord(pc));
  Value* window = &registers[in.a()];
  const Code* code = EnterKnown(thread, pc, registers, window, in.b());
  if (GILA_LIKELY(code != nullptr)) return {code->words, window + kFrameHeader};
  return CallKwSlow(thread, pc, registers);
}

Step CallMethodKwFunctionSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Instruction in(LoadWord(pc));
  Value* window = &registers[in.a()];
  uint32_t count = in.b() + 1u;
  if (window[0].IsUnbound()) {
    ++window;
    --count;
  }
  const Code* code = EnterKnown(thread, pc, registers, window, count);
  if (GILA_LIKELY(code != nullptr)) return {code->words, window + kFrameHeader};
  return CallMethodKwSlow(thread, pc, registers);
}

}  // namespace gila::vm
