// re_engine.cc: PCRE2's codes, the state each thread matches with, and the limits.
#define PCRE2_CODE_UNIT_WIDTH 0
#include "stdlib/re_engine.h"

#include <pcre2.h>

#include <algorithm>
#include <clocale>
#include <cstdlib>
#include <ctime>

#include "runtime/threads/attach.h"
#include "stdlib/re_translate.h"

namespace gila::re {

struct Coded {
  void* code = nullptr;  // pcre2_code_8 and its kin; null: PCRE2 cannot do it
  int width_log2 = 0;
  bool has_jit = false;
  uint8_t* tables = nullptr;  // of the locale it was made under
  std::string locale;
  Coded* older = nullptr;  // of another locale: maybe still in use, freed with the pattern
};

namespace {

constexpr int64_t kLongText = 1 << 16;    // more is searched in slices
constexpr int64_t kFirstSlice = 1 << 10;  // starting places
constexpr int64_t kSliceNanoseconds =
    2000000;  // a slice that took less is followed by a larger one
constexpr size_t kJitStackStart = 32 * 1024, kJitStackMax = 16 * 1024 * 1024;

// The three libraries under one name.
#define GILA_PCRE2(bits, unit)                                                                   \
  struct Pcre##bits {                                                                            \
    using Unit = unit;                                                                           \
    using Code = pcre2_code_##bits;                                                              \
    using MatchData = pcre2_match_data_##bits;                                                   \
    using MatchContext = pcre2_match_context_##bits;                                             \
    using JitStack = pcre2_jit_stack_##bits;                                                     \
    static Code* Compile(const std::vector<Unit>& units, uint32_t options,                       \
                         const uint8_t* tables) {                                                \
      auto* const context = pcre2_compile_context_create_##bits(nullptr);                        \
      if (context == nullptr) return nullptr;                                                    \
      pcre2_set_newline_##bits(context, PCRE2_NEWLINE_LF);                                       \
      if (tables != nullptr) pcre2_set_character_tables_##bits(context, tables);                 \
      int error;                                                                                 \
      PCRE2_SIZE place;                                                                          \
      const auto* text = reinterpret_cast<PCRE2_SPTR##bits>(units.data());                       \
      static const Unit kEmpty = 0;                                                              \
      if (units.empty()) text = reinterpret_cast<PCRE2_SPTR##bits>(&kEmpty);                     \
      Code* const code =                                                                         \
          pcre2_compile_##bits(text, units.size(), options, &error, &place, context);            \
      pcre2_compile_context_free_##bits(context);                                                \
      return code;                                                                               \
    }                                                                                            \
    static bool CompileJit(Code* code) {                                                         \
      return pcre2_jit_compile_##bits(code, PCRE2_JIT_COMPLETE) == 0;                            \
    }                                                                                            \
    static void Free(Code* code) { pcre2_code_free_##bits(code); }                               \
    static MatchData* NewMatchData(uint32_t pairs) {                                             \
      return pcre2_match_data_create_##bits(pairs, nullptr);                                     \
    }                                                                                            \
    static void Free(MatchData* data) { pcre2_match_data_free_##bits(data); }                    \
    static PCRE2_SIZE* Spans(MatchData* data) { return pcre2_get_ovector_pointer_##bits(data); } \
    static MatchContext* NewContext() { return pcre2_match_context_create_##bits(nullptr); }     \
    static void Free(MatchContext* context) { pcre2_match_context_free_##bits(context); }        \
    static JitStack* NewStack() {                                                                \
      return pcre2_jit_stack_create_##bits(kJitStackStart, kJitStackMax, nullptr);               \
    }                                                                                            \
    static void Free(JitStack* stack) { pcre2_jit_stack_free_##bits(stack); }                    \
    static void Assign(MatchContext* context, JitStack* stack) {                                 \
      pcre2_jit_stack_assign_##bits(context, nullptr, stack);                                    \
    }                                                                                            \
    static void SetLimits(MatchContext* context, uint32_t steps, size_t last_start) {            \
      pcre2_set_match_limit_##bits(context, steps);                                              \
      pcre2_set_offset_limit_##bits(context, last_start);                                        \
    }                                                                                            \
    static int Match(bool jit, const Code* code, const void* text, size_t end, size_t start,     \
                     uint32_t options, MatchData* data, MatchContext* context) {                 \
      const auto* const units = static_cast<PCRE2_SPTR##bits>(text);                             \
      return jit ? pcre2_jit_match_##bits(code, units, end, start, options, data, context)       \
                 : pcre2_match_##bits(code, units, end, start, options, data, context);          \
    }                                                                                            \
  }
GILA_PCRE2(8, uint8_t);
GILA_PCRE2(16, uint16_t);
GILA_PCRE2(32, uint32_t);
#undef GILA_PCRE2

// What one thread matches with in one of the libraries.
template <class Pcre>
struct Matcher {
  typename Pcre::MatchData* data = nullptr;
  typename Pcre::MatchContext* context = nullptr;
  typename Pcre::JitStack* stack = nullptr;
  uint32_t pairs = 0;

  // False when memory is out.
  bool Prepare(uint32_t groups) {
    if (GILA_LIKELY(groups <= pairs)) return true;
    if (context == nullptr) {
      context = Pcre::NewContext();
      stack = Pcre::NewStack();
      if (context == nullptr || stack == nullptr) return false;
      Pcre::Assign(context, stack);
    }
    const uint32_t wanted = std::max<uint32_t>(groups, 32);
    auto* const larger = Pcre::NewMatchData(wanted);
    if (larger == nullptr) return false;
    if (data != nullptr) Pcre::Free(data);
    data = larger;
    pairs = wanted;
    return true;
  }
  ~Matcher() {
    if (data != nullptr) Pcre::Free(data);
    if (context != nullptr) Pcre::Free(context);
    if (stack != nullptr) Pcre::Free(stack);
  }
};
struct Scratch {
  Matcher<Pcre8> matcher8;
  Matcher<Pcre16> matcher16;
  Matcher<Pcre32> matcher32;
  std::vector<int64_t> spans;  // where our own matcher leaves its answer
  template <class Pcre>
  Matcher<Pcre>& For() {
    if constexpr (std::is_same_v<Pcre, Pcre8>) {
      return matcher8;
    } else if constexpr (std::is_same_v<Pcre, Pcre16>) {
      return matcher16;
    } else {
      return matcher32;
    }
  }
};
thread_local Scratch scratch;

// --- making codes ---

template <class Pcre>
void CompileInto(Coded* coded, const Translation& translation, uint32_t options,
                 const uint8_t* tables) {
  const std::vector<typename Pcre::Unit> units(translation.units.begin(), translation.units.end());
  auto* const code = Pcre::Compile(units, translation.options | options, tables);
  coded->code = code;
  if (code != nullptr) coded->has_jit = Pcre::CompileJit(code);
}

Coded* NewCoded(const Expression& expression, Mode mode, int width_log2) {
  auto* const coded = new Coded;
  coded->width_log2 = width_log2;
  const CharMode chars = ModeOf(expression.syntax.flags);
  if (chars == CharMode::kLocale) {
    coded->locale = std::setlocale(LC_CTYPE, nullptr);
    coded->tables = NewLocaleTables();
  }
  Translation translation;
  if (expression.own_matcher || !Translate(expression.syntax, width_log2, &translation))
    return coded;
  constexpr uint32_t kModeOptions[] = {0, PCRE2_ANCHORED, PCRE2_ANCHORED | PCRE2_ENDANCHORED,
                                       PCRE2_USE_OFFSET_LIMIT};
  const uint32_t options = kModeOptions[static_cast<int>(mode)];
  if (width_log2 == 0) {
    CompileInto<Pcre8>(coded, translation, options,
                       coded->tables != nullptr ? coded->tables : TablesFor(chars));
  } else if (width_log2 == 1) {
    CompileInto<Pcre16>(coded, translation, options, nullptr);
  } else {
    CompileInto<Pcre32>(coded, translation, options, nullptr);
  }
  return coded;
}

// The code for this mode and width, made now if it is the first time.
const Coded* CodedFor(Expression& expression, Mode mode, int width_log2) {
  Atomic<Coded*>& place = expression.codes[static_cast<int>(mode)][width_log2];
  Coded* known = place.Load();
  const bool fits = known != nullptr && (GILA_LIKELY(!(expression.syntax.flags & kLocale)) ||
                                         known->locale == std::setlocale(LC_CTYPE, nullptr));
  if (GILA_LIKELY(fits)) return known;
  Coded* const made = NewCoded(expression, mode, width_log2);
  made->older = known;
  if (place.CompareExchange(known, made)) return made;
  made->older = nullptr;
  FreeCoded(made);
  return known;
}

// --- running them ---

int64_t Now() {
  timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return int64_t{now.tv_sec} * 1000000000 + now.tv_nsec;
}

// Backtracking steps that PCRE2 may take from one starting place.
uint32_t StepLimit(int64_t length) {
  return static_cast<uint32_t>(std::min<int64_t>(1000000 + length * 16, 1000000000));
}

struct Run {
  Thread& thread;
  const Coded* coded;
  const Subject& subject;
  int64_t start, end;
  uint32_t options;
};

template <class Pcre>
int MatchOnce(const Run& run, Matcher<Pcre>& matcher) {
  Pcre::SetLimits(matcher.context, StepLimit(run.end), PCRE2_UNSET);
  return Pcre::Match(run.coded->has_jit, static_cast<typename Pcre::Code*>(run.coded->code),
                     run.subject.data, static_cast<size_t>(run.end), static_cast<size_t>(run.start),
                     run.options, matcher.data, matcher.context);
}

// Searches a long text slice by slice. *start is where the last slice began.
template <class Pcre>
Result<int> MatchSliced(Run run, Matcher<Pcre>& matcher, int64_t* start) GILA_ATTACHED {
  int64_t slice = kFirstSlice;
  for (bool first = true;; first = false) {
    const int64_t last = std::min(run.end, run.start + slice);
    const int64_t began = Now();
    Pcre::SetLimits(matcher.context, StepLimit(run.end), static_cast<size_t>(last));
    const auto match = [&] {
      return Pcre::Match(run.coded->has_jit, static_cast<typename Pcre::Code*>(run.coded->code),
                         run.subject.data, static_cast<size_t>(run.end),
                         static_cast<size_t>(run.start), run.options, matcher.data,
                         matcher.context);
    };
    int result;
    if (first || !run.subject.stable) {
      result = match();
    } else {
      AllowThreads detached(run.thread, Blocked::kOther);
      result = match();
    }
    *start = run.start;
    if (result != PCRE2_ERROR_NOMATCH || last == run.end) return result;
    GILA_TRY_VOID(run.thread.CheckBreaker());
    run.start = last + 1;
    run.options = 0;
    if (Now() - began < kSliceNanoseconds)
      slice *= 2;
    else
      slice = std::max<int64_t>(slice / 2, 16);
  }
}

Result<bool> FindByProgram(Thread& thread, Expression& expression, const Request& request,
                           Found* found) GILA_ATTACHED {
  const Program* program = expression.program.Load();
  std::unique_ptr<Program> made;
  if (program == nullptr) {
    made = NewProgram(expression.syntax);
    program = made.get();
    Program* expected = nullptr;
    // Under LOCALE it holds only for the locale of this moment.
    if (!(expression.syntax.flags & kLocale)) {
      if (expression.program.CompareExchange(expected, made.get())) {
        static_cast<void>(made.release());
      } else {
        program = expected;
      }
    }
  }
  // A signal handler may match as well: so not in `scratch` until it is done.
  std::vector<int64_t> spans;
  GILA_TRY(const bool matched, RunProgram(thread, *program, request, &spans, &found->last_index));
  if (!matched) return false;
  scratch.spans = std::move(spans);
  found->spans = scratch.spans.data();
  return true;
}

template <class Pcre>
Result<bool> FindByPcre(const Run& run, Expression& expression, Mode mode, Request request,
                        Found* found) GILA_ATTACHED {
  const uint32_t groups = expression.syntax.groups;
  Matcher<Pcre>& matcher = scratch.For<Pcre>();
  if (!matcher.Prepare(groups)) return run.thread.RaiseMemoryError();
  int result;
  if (mode == Mode::kSliced) {
    GILA_TRY(result, MatchSliced<Pcre>(run, matcher, &request.start));
    if (request.start != run.start) request.not_empty = false;
  } else {
    result = MatchOnce<Pcre>(run, matcher);
  }
  if (result == PCRE2_ERROR_NOMATCH) return false;
  if (result <= 0) return FindByProgram(run.thread, expression, request, found);
  PCRE2_SIZE* const spans = Pcre::Spans(matcher.data);
  for (uint32_t i = static_cast<uint32_t>(result); i < groups; ++i)
    spans[2 * i] = spans[2 * i + 1] = PCRE2_UNSET;
  static_assert(sizeof(PCRE2_SIZE) == sizeof(int64_t) && static_cast<int64_t>(PCRE2_UNSET) == -1);
  found->spans = reinterpret_cast<const int64_t*>(spans);
  found->last_index = -1;
  return true;
}

}  // namespace

void FreeCoded(Coded* coded) {
  while (coded != nullptr) {
    if (coded->code != nullptr) {
      if (coded->width_log2 == 0) Pcre8::Free(static_cast<Pcre8::Code*>(coded->code));
      if (coded->width_log2 == 1) Pcre16::Free(static_cast<Pcre16::Code*>(coded->code));
      if (coded->width_log2 == 2) Pcre32::Free(static_cast<Pcre32::Code*>(coded->code));
    }
    std::free(coded->tables);
    Coded* const older = coded->older;
    delete coded;
    coded = older;
  }
}

Expression::~Expression() {
  for (auto& by_width : codes)
    for (auto& code : by_width) FreeCoded(code.Load());
  delete program.Load();
}

Result<bool> Find(Thread& thread, Expression& expression, const Subject& subject, Mode mode,
                  int64_t start, int64_t end, bool not_empty, Found* found) {
  if (mode == Mode::kSearch && end - start > kLongText) mode = Mode::kSliced;
  const Coded* const coded = CodedFor(expression, mode, subject.width_log2);
  Request request;
  request.data = subject.data;
  request.width_log2 = subject.width_log2;
  request.start = start;
  request.end = end;
  request.anchored = mode == Mode::kMatch || mode == Mode::kFullMatch;
  request.whole = mode == Mode::kFullMatch;
  request.not_empty = not_empty;
  // \B does not hold in an empty text; PCRE2 thinks it does.
  if (GILA_UNLIKELY(coded->code == nullptr || (end == 0 && expression.syntax.has_not_boundary)))
    return FindByProgram(thread, expression, request, found);
  const Run run{thread, coded, subject,
                start,  end,   not_empty ? static_cast<uint32_t>(PCRE2_NOTEMPTY_ATSTART) : 0};
  switch (subject.width_log2) {
    case 0:
      return FindByPcre<Pcre8>(run, expression, mode, request, found);
    case 1:
      return FindByPcre<Pcre16>(run, expression, mode, request, found);
    default:
      return FindByPcre<Pcre32>(run, expression, mode, request, found);
  }
}

int64_t LastIndex(const Expression& expression, const int64_t* spans) {
  // Where no group is repeated they close in the order of their ')'. Else the one that ends last
  // closed last, and of those that end at the same place the one whose ')' comes last.
  const auto& order = expression.syntax.closing_order;
  int64_t best = 0;
  for (size_t i = order.size(); i-- > 0;) {
    const int64_t group = order[i];
    if (spans[2 * group + 1] < 0) continue;
    if (!expression.syntax.group_in_repeat) return group;
    if (best == 0 || spans[2 * group + 1] > spans[2 * best + 1]) best = group;
  }
  return best;
}

}  // namespace gila::re
