// disassembler.cc: see disassembler.h. Operands are spelt by compiler/dump.h, which reads the same
// table.
#include "vm/disassembler.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <sstream>
#include <vector>

#include "bytecode/code_data.h"
#include "compiler/compile.h"
#include "compiler/dump.h"
#include "compiler/syntax_error.h"
#include "vm/frame.h"
#include "vm/inline_cache.h"
#include "vm/opcode_tables.h"

namespace gila::vm {
namespace {

std::vector<std::string> SplitLines(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

std::string Padded(std::string text, size_t width) {
  text.resize(std::max(text.size(), width), ' ');
  return text;
}

int32_t LineOf(const CodeData& code, uint32_t word) {
  int32_t line = -1;
  for (const LineEntry& entry : code.lines) {
    if (entry.start > word) break;
    line = entry.range.line;
  }
  return line;
}

// Prints a code block, then the blocks inside it.
void PrintCode(const CodeData& code, const std::vector<std::string>& source) {
  printf("\n%s (%s, line %d): %d registers, %zu words\n", code.qualname.c_str(),
         code.filename.c_str(), code.first_line, code.register_count, code.words.size());
  int32_t shown = -1;
  for (uint32_t word = 0; word < code.words.size();) {
    const int32_t line = LineOf(code, word);
    if (line > 0 && line != shown) {
      shown = line;
      if (static_cast<size_t>(line) <= source.size())
        printf("%5d  %s\n", line, source[static_cast<size_t>(line) - 1].c_str());
    }
    const uint16_t opcode = Instruction(code.words[word]).opcode();
    printf("       %5u  %s %s\n", word, Padded(kAnyOpcodeName[opcode], 20).c_str(),
           compiler::DumpOperands(code, word).c_str());
    word += static_cast<uint32_t>(WordsOf(opcode));
  }
  for (const ExceptionEntry& entry : code.exceptions)
    printf("       words %u to %u: handler at %u, exception in r%d\n", entry.start, entry.end,
           entry.handler, entry.reg);
  for (const ConstData& constant : code.constants) {
    if (constant.kind == ConstData::Kind::kCode) PrintCode(*constant.code, source);
  }
}

}  // namespace

int DisassembleFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    fprintf(stderr, "gila dis: can't open file '%s': [Errno %d] %s\n", path.c_str(), errno,
            strerror(errno));
    return 2;
  }
  std::stringstream text;
  text << file.rdbuf();
  compiler::CompileOptions options;
  options.filename = path;
  const compiler::CompileResult result = compiler::CompileToCode(text.str(), options);
  if (!result.ok()) {
    fprintf(stderr, "  File \"%s\", line %d\n%s: %s\n", path.c_str(), result.error.line,
            compiler::SyntaxErrorTypeName(result.error.type), result.error.message.c_str());
    return 1;
  }
  PrintCode(*result.code, SplitLines(text.str()));
  return 0;
}

std::string DisassembleLive(const Code* code) {
  std::string out;
  for (uint32_t word = 0; word < code->word_count;) {
    const uint16_t opcode = Instruction(LoadWord(code->words + word)).opcode();
    out += Padded(std::to_string(word), 6) + Padded(kAnyOpcodeName[opcode], 22) +
           compiler::DumpOperands(*code->data, word);
    for (int i = 1; i < WordsOf(opcode); ++i) {
      const uint64_t cache = LoadWord(code->words + word + static_cast<uint32_t>(i));
      if (cache == 0) continue;
      char text[64];
      snprintf(text, sizeof(text), "  [tag %u, guard %u, %u]", TagOf(cache),
               CacheGuard(cache) & (kGuardLimit - 1), CacheUpper(cache));
      out += text;
    }
    out += "\n";
    word += static_cast<uint32_t>(WordsOf(opcode));
  }
  return out;
}

}  // namespace gila::vm
