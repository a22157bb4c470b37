// source_lines.cc: see source_lines.h. Files are read whole and kept while a traceback is printed;
// a changed file is read again.
#include "runtime/text/source_lines.h"

#include <sys/stat.h>

#include <cstdio>
#include <mutex>
#include <unordered_map>
#include <vector>

#include "compiler/arena.h"
#include "compiler/ast.h"
#include "compiler/parser.h"
#include "compiler/source.h"
#include "runtime/threads/fork.h"

namespace gila {
namespace {

struct Lines {
  std::vector<std::string> lines;
  timespec changed{};
  bool registered = false;
};

std::mutex cache_mutex;
const ForkRepair repair([](Thread&, bool) { RenewMutex(cache_mutex); });
std::unordered_map<std::string, Lines>& Cache() {
  static auto* cache = new std::unordered_map<std::string, Lines>;
  return *cache;
}

std::vector<std::string> Split(const std::string& text) {
  std::vector<std::string> lines;
  size_t start = 0;
  while (start < text.size()) {
    size_t end = text.find_first_of("\r\n", start);
    if (end == std::string::npos) end = text.size();
    lines.push_back(text.substr(start, end - start));
    start = end + (text.compare(end, 2, "\r\n") == 0 ? 2 : 1);
  }
  return lines;
}

bool ReadFile(const std::string& file, std::string* text) {
  FILE* stream = fopen(file.c_str(), "rbe");
  if (stream == nullptr) return false;
  char buffer[16384];
  size_t count;
  while ((count = fread(buffer, 1, sizeof(buffer), stream)) > 0) text->append(buffer, count);
  fclose(stream);
  if (text->compare(0, 3, "\xEF\xBB\xBF") == 0) text->erase(0, 3);
  return true;
}

// Code points of a piece of UTF-8.
size_t CountPoints(const std::string& text, size_t from, size_t to) {
  size_t count = 0;
  for (size_t i = from; i < to && i < text.size(); ++i)
    count += (static_cast<unsigned char>(text[i]) & 0xC0) != 0x80;
  return count;
}

// Where in the marked text the operator of a binary operation or the brackets of a subscript are:
// those get carets, the rest tildes.
struct Anchors {
  size_t left = 0, right = 0;
  bool found = false;
};

bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\f'; }

// What follows the left operand passes for the operator, also where that is the bracket around the
// operand; the brackets around the right one lie outside of it. So it looks in CPython 3.11 too.
Anchors FindAnchors(const std::string& segment) {
  compiler::Arena arena;
  compiler::ParseOptions options;
  options.mode = compiler::ParseMode::kExec;
  // In brackets, so that a piece of an expression that goes on over the line's end does not matter.
  const compiler::ParseResult parsed = compiler::Parse("(\n" + segment + "\n)", options, &arena);
  Anchors anchors;
  if (!parsed.ok() || parsed.module->body.size() != 1) return anchors;
  const auto* statement = parsed.module->body[0];
  if (statement->kind != compiler::ast::StmtKind::kExpr) return anchors;
  const auto* expression = statement->As<compiler::ast::Expr>()->value;
  if (expression->kind == compiler::ast::ExprKind::kBinOp) {
    const auto* operation = expression->As<compiler::ast::BinOp>();
    if (operation->left->span.end_line != 2 || operation->right->span.line != 2) return anchors;
    size_t at = static_cast<size_t>(operation->left->span.end_column);
    const size_t end = static_cast<size_t>(operation->right->span.column);
    while (at < end && IsBlank(segment[at])) ++at;
    if (at >= end) return anchors;
    anchors = {at, at + 1, true};
    if (at + 1 < end && !IsBlank(segment[at + 1])) ++anchors.right;
  } else if (expression->kind == compiler::ast::ExprKind::kSubscript) {
    const auto* subscript = expression->As<compiler::ast::Subscript>();
    if (subscript->value->span.end_line != 2 || subscript->slice->span.end_line != 2)
      return anchors;
    anchors = {static_cast<size_t>(subscript->value->span.end_column),
               static_cast<size_t>(subscript->slice->span.end_column) + 1, true};
  }
  return anchors;
}

}  // namespace

void RegisterSource(const std::string& file, const std::string& text) {
  std::lock_guard<std::mutex> guard(cache_mutex);
  Cache()[file] = {Split(text), {}, true};
}

namespace {

// Is what the cache has of a file what stands on disk?
bool IsCurrent(const std::string& file, const struct stat& info) {
  const auto known = Cache().find(file);
  return known != Cache().end() && known->second.changed.tv_sec == info.st_mtim.tv_sec &&
         known->second.changed.tv_nsec == info.st_mtim.tv_nsec;
}

// The text of a file in UTF-8, as its first lines say that it is encoded; as it is when that fails.
std::string Decoded(std::string bytes) {
  compiler::Source source;
  compiler::SyntaxError error;
  if (!compiler::DecodeSource(bytes, compiler::SourceOrigin::kFile, &source, &error)) return bytes;
  return std::move(source.text);
}

}  // namespace

bool SourceLine(Thread&, const std::string& file, int32_t number, Value, std::string* line) {
  std::unique_lock<std::mutex> guard(cache_mutex);
  if (const auto known = Cache().find(file); known == Cache().end() || !known->second.registered) {
    struct stat info;
    if (file.empty() || file[0] == '<' || stat(file.c_str(), &info) != 0 || !S_ISREG(info.st_mode))
      return false;
    if (!IsCurrent(file, info)) {
      guard.unlock();  // a codec may be code of the program
      std::string text;
      if (!ReadFile(file, &text)) return false;
      std::vector<std::string> read = Split(Decoded(std::move(text)));
      guard.lock();
      Cache()[file] = {std::move(read), info.st_mtim, false};
    }
  }
  const std::vector<std::string>& lines = Cache()[file].lines;
  if (number < 1 || static_cast<size_t>(number) > lines.size()) return false;
  *line = lines[static_cast<size_t>(number) - 1];
  return true;
}

bool shows_debug_ranges = true;

std::string CaretLine(const std::string& line, size_t removed, const std::string& shown,
                      const SourceRange& range) {
  if (!shows_debug_ranges || range.column < 0 || range.end_column < 0 || range.end_line < 0)
    return "";
  const size_t start = static_cast<size_t>(range.column);
  // An expression over several lines is marked to the end of its first.
  const bool one_line = range.end_line == range.line;
  const size_t end = one_line ? static_cast<size_t>(range.end_column)
                              : removed + shown.find_last_not_of(" \t\f") + 1;
  if (start < removed || end <= start || end > line.size()) return "";
  const std::string segment = line.substr(start, end - start);
  Anchors anchors;
  if (one_line) anchors = FindAnchors(segment);
  // Carets under the whole line say nothing, unless they point at an operator in it.
  if (start == removed && end == removed + shown.size() && !anchors.found) return "";
  std::string carets(CountPoints(line, removed, start), ' ');
  if (!anchors.found) return carets + std::string(CountPoints(segment, 0, segment.size()), '^');
  carets += std::string(CountPoints(segment, 0, anchors.left), '~');
  carets += std::string(CountPoints(segment, anchors.left, anchors.right), '^');
  carets += std::string(CountPoints(segment, anchors.right, segment.size()), '~');
  return carets;
}

}  // namespace gila
