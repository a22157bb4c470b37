// suggestions.cc: the nearest known name by edit distance, with CPython's costs and limits
// (Python/suggestions.c): changing case costs 1, any other edit 2, and at most a third of the two
// names may differ.
#include "runtime/text/suggestions.h"

#include <algorithm>
#include <vector>

#include "runtime/protocols.h"
#include "runtime/types/dict.h"
#include "runtime/types/frame.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace gila {
namespace {

constexpr int kEditCost = 2, kCaseCost = 1;
constexpr size_t kMaxCandidates = 750, kMaxLength = 40;

int ReplaceCost(char a, char b) {
  if (a == b) return 0;
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return lower(a) == lower(b) ? kCaseCost : kEditCost;
}

// The distance of the two names, or limit + 1 when it is larger.
int Distance(std::string_view a, std::string_view b, int limit) {
  while (!a.empty() && !b.empty() && a.front() == b.front()) {
    a.remove_prefix(1);
    b.remove_prefix(1);
  }
  while (!a.empty() && !b.empty() && a.back() == b.back()) {
    a.remove_suffix(1);
    b.remove_suffix(1);
  }
  if (a.empty() || b.empty()) return static_cast<int>(a.size() + b.size()) * kEditCost;
  if (a.size() > kMaxLength || b.size() > kMaxLength) return limit + 1;
  std::vector<int> row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) row[j] = static_cast<int>(j) * kEditCost;
  for (size_t i = 1; i <= a.size(); ++i) {
    int diagonal = row[0], best = row[0] = static_cast<int>(i) * kEditCost;
    for (size_t j = 1; j <= b.size(); ++j) {
      const int replaced = diagonal + ReplaceCost(a[i - 1], b[j - 1]);
      diagonal = row[j];
      row[j] = std::min({replaced, row[j] + kEditCost, row[j - 1] + kEditCost});
      best = std::min(best, row[j]);
    }
    if (best > limit) return limit + 1;
  }
  return row[b.size()];
}

class Candidates {
 public:
  explicit Candidates(std::string wanted) : wanted_(std::move(wanted)) {}
  void Offer(Value name) {
    if (!IsStr(name) || ++count_ > kMaxCandidates) return;
    const std::string candidate = ToUtf8(name);
    if (candidate == wanted_) return;
    int limit = static_cast<int>(candidate.size() + wanted_.size() + 3) * kEditCost / 6;
    if (best_distance_ >= 0) limit = std::min(limit, best_distance_ - 1);
    const int distance = Distance(wanted_, candidate, limit);
    if (distance > limit) return;
    best_ = candidate;
    best_distance_ = distance;
  }
  std::string Best() const { return count_ > kMaxCandidates ? "" : best_; }

 private:
  std::string wanted_, best_;
  int best_distance_ = -1;
  size_t count_ = 0;
};

void OfferKeys(Candidates& candidates, Value dict) {
  if (!IsDict(dict)) return;
  int64_t position = 0;
  Value key, value;
  while (DictNext(dict.As<Dict>(), &position, &key, &value)) candidates.Offer(key);
}

// The names in reach where the NameError was raised.
void OfferScope(Thread& thread, Candidates& candidates, Exception* e) {
  Value link = e->traceback.Load();
  if (!IsKind(link, kKindTraceback)) return;
  Traceback* last = link.As<Traceback>();
  while (last->next.Load() != nullptr) last = last->next.Load();
  const Value locals = last->code.Load()->local_names.Load();
  if (IsTuple(locals)) {
    for (int64_t i = 0; i < locals.As<Tuple>()->length; ++i)
      candidates.Offer(locals.As<Tuple>()->At(i));
  }
  Dict* const globals = GlobalsOf(last);
  if (globals == nullptr) return;
  OfferKeys(candidates, globals);
  const Value builtins = DictGetInterned(globals, NameOf(Name::kBuiltins));
  if (IsDict(builtins)) OfferKeys(candidates, builtins);
  if (IsKind(builtins, kKindModule)) OfferKeys(candidates, builtins.As<Module>()->dict.Load());
  static_cast<void>(thread);
}

}  // namespace

std::string Suggestion(Thread& thread, Exception* e) {
  const bool attribute = IsInstanceOf(e, TypeId::kAttributeError);
  if (!attribute && !IsInstanceOf(e, TypeId::kNameError)) return "";
  const Value name = e->extra[0].Load();
  if (!IsStr(name)) return "";
  Candidates candidates(ToUtf8(name));
  if (attribute) {
    const Value object = e->extra[1].Load();
    if (object.IsNone()) return "";
    const Result<Value> names = CallSpecial(thread, object, Special::kDir);
    if (!names.ok() || names.value().IsUnbound()) {
      thread.ClearException();
      return "";
    }
    const Result<List*> sorted = ToList(thread, names.value());
    if (!sorted.ok() || !ListSort(thread, sorted.value(), kNone, false).ok()) {
      thread.ClearException();
      return "";
    }
    for (int64_t i = 0; i < sorted.value()->size.Load(); ++i)
      candidates.Offer(ListAt(sorted.value(), i));
  } else {
    OfferScope(thread, candidates, e);
  }
  const std::string best = candidates.Best();
  return best.empty() ? "" : ". Did you mean: '" + best + "'?";
}

}  // namespace gila
