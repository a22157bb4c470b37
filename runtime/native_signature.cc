// native_signature.cc: reads the text signatures of native.h into what the binder works with.
#include "runtime/native_signature.h"

#include <absl/container/flat_hash_map.h>

#include <mutex>

#include "runtime/threads/fork.h"
#include "runtime/types/str.h"

namespace gila {

namespace {

struct Parser {
  Thread& thread;
  NativeSignature signature;
  std::vector<std::string_view> positional_names;
  std::vector<std::string_view> keyword_only_names;
  bool after_star = false;

  // One parameter of the text: "name", "name=default", "/", "*", "*name", "**name".
  void Parameter(std::string_view text) {
    if (text.empty()) return;
    if (text == "/") {
      signature.positional_only = static_cast<uint16_t>(positional_names.size());
    } else if (text.substr(0, 2) == "**") {
      signature.keywords = true;
    } else if (text[0] == '*') {
      signature.rest = text.size() > 1;
      after_star = true;
    } else {
      const size_t equals = text.find('=');
      const std::string_view name = text.substr(0, equals);
      const bool required = equals == std::string_view::npos;
      if (after_star) {
        keyword_only_names.push_back(name);
        if (required) ++signature.required_keyword_only;
      } else {
        positional_names.push_back(name);
        if (required) ++signature.required;
      }
    }
  }

  void Finish() {
    signature.positional = static_cast<uint16_t>(positional_names.size());
    signature.keyword_only = static_cast<uint16_t>(keyword_only_names.size());
    const bool has_self = !positional_names.empty() &&
                          (positional_names[0] == "self" || positional_names[0] == "cls");
    if (has_self && signature.positional_only == 0) signature.positional_only = 1;
    for (size_t i = signature.positional_only; i < positional_names.size(); ++i) {
      Keep(positional_names[i]);
    }
    for (const std::string_view name : keyword_only_names) Keep(name);
  }

  void Keep(std::string_view name) {
    const Value interned = Intern(thread, name);
    GILA_CHECK(!interned.IsError());
    signature.names.push_back(interned);
  }
};

std::string_view Trim(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

NativeSignature Parse(Thread& thread, std::string_view text) {
  Parser parser{thread, {}, {}, {}};
  const size_t open = text.find('(');
  GILA_CHECK(open != std::string_view::npos);
  const std::string_view before = text.substr(0, open);
  const auto has = [&](std::string_view mark) { return before.find(mark) != before.npos; };
  if (has("@classmethod")) parser.signature.binding = NativeBinding::kClassMethod;
  if (has("@staticmethod")) parser.signature.binding = NativeBinding::kStaticMethod;
  parser.signature.parsed = has("@parsed");
  parser.signature.unnamed = has("@unnamed");
  text.remove_prefix(open + 1);
  // A parameter ends at a comma or bracket that is outside of brackets and quotes: defaults may
  // hold both.
  int depth = 0;
  char quote = 0;
  size_t start = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quote != 0) {
      if (c == '\\') {
        ++i;
      } else if (c == quote) {
        quote = 0;
      }
    } else if (c == '\'' || c == '"') {
      quote = c;
    } else if (c == '(' || c == '[' || c == '{') {
      ++depth;
    } else if (depth > 0 && (c == ')' || c == ']' || c == '}')) {
      --depth;
    } else if (depth == 0 && (c == ',' || c == ')')) {
      parser.Parameter(Trim(text.substr(start, i - start)));
      start = i + 1;
      if (c == ')') break;
    }
  }
  parser.Finish();
  return std::move(parser.signature);
}

}  // namespace

std::string TextSignature(std::string_view text, bool has_self) {
  text.remove_prefix(text.find('('));
  if (!has_self || text.size() < 2 || text[1] == ')' || text[1] == '*') return std::string(text);
  const size_t end = text.find_first_of(",)", 1);
  std::string shown = "($";
  shown += text.substr(1, end - 1);
  shown += text.substr(end);
  return shown;
}

static std::mutex known_mutex;
static const ForkRepair repair([](Thread&, bool) { RenewMutex(known_mutex); });

const NativeSignature* ParseNativeSignature(Thread& thread, const char* text) {
  // Signatures live as long as the program: the texts are literals.
  static auto& known = *new absl::flat_hash_map<std::string_view, const NativeSignature*>();
  const std::string_view key(text);
  {
    const std::lock_guard<std::mutex> guard(known_mutex);
    const auto found = known.find(key);
    if (found != known.end()) return found->second;
  }
  // Parsing may allocate, hence collect, hence stop the world: not under the mutex.
  auto* parsed = new NativeSignature(Parse(thread, key));
  const std::lock_guard<std::mutex> guard(known_mutex);
  const auto inserted = known.try_emplace(key, parsed);
  if (!inserted.second) delete parsed;
  return inserted.first->second;
}

}  // namespace gila
