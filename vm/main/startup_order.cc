// startup_order.cc: a tool of the build. Runs scripts and lists the interpreter's functions in the
// order in which they are first called, those of the first script in front; the linker then lays
// those that a small script needs side by side. The system maps a program's pages in groups of 16,
// so code that is scattered makes nearly all of it resident, and costs a page fault for each group.
// The same goes for constants: the interpreter's own small tables come before those of the
// libraries. Who reads them is not looked at.
//
//     gila_startup_order OUTPUT GILA SCRIPT...
//
// Each function gets a breakpoint on its first byte, which is taken away when it is hit. Where
// tracing is not allowed the list is empty: the order is a gain, not a need.
#include <elf.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/ptrace.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <cstring>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace {

constexpr uint8_t kBreakpoint = 0xcc;

struct Function {
  std::string name;
  uint8_t first_byte = 0;
};
using Functions = std::unordered_map<uint64_t, Function>;  // by address

std::string ReadFile(const char* path) {
  std::string content;
  FILE* const file = fopen(path, "rb");
  if (file == nullptr) return content;
  char buffer[65536];
  size_t count;
  while ((count = fread(buffer, 1, sizeof buffer, file)) != 0) content.append(buffer, count);
  fclose(file);
  return content;
}

// Calls visit(symbol, name, flags of its section) for what the symbol table defines. Does nothing
// for what is no 64-bit ELF file.
template <class Visit>
void ForEachSymbol(const std::string& image, Visit visit) {
  Elf64_Ehdr header;
  if (image.size() < sizeof header) return;
  memcpy(&header, image.data(), sizeof header);
  if (memcmp(header.e_ident, ELFMAG, SELFMAG) != 0) return;
  const auto* const sections = reinterpret_cast<const Elf64_Shdr*>(image.data() + header.e_shoff);
  for (int i = 0; i < header.e_shnum; ++i) {
    if (sections[i].sh_type != SHT_SYMTAB) continue;
    const auto* const symbols =
        reinterpret_cast<const Elf64_Sym*>(image.data() + sections[i].sh_offset);
    const char* const names = image.data() + sections[sections[i].sh_link].sh_offset;
    for (size_t k = 0; k < sections[i].sh_size / sizeof(Elf64_Sym); ++k) {
      const Elf64_Sym& symbol = symbols[k];
      if (symbol.st_shndx == SHN_UNDEF || symbol.st_shndx >= header.e_shnum) continue;
      visit(symbol, names + symbol.st_name, sections[symbol.st_shndx].sh_flags);
    }
  }
}

Functions FunctionsOf(const std::string& image) {
  Functions functions;
  ForEachSymbol(image, [&](const Elf64_Sym& symbol, const char* name, uint64_t) {
    if (ELF64_ST_TYPE(symbol.st_info) == STT_FUNC) functions[symbol.st_value].name = name;
  });
  return functions;
}

// Constants of the interpreter, its parser and the containers it uses that are no large tables.
std::vector<std::string> SmallTablesOf(const std::string& image) {
  constexpr uint64_t kSmall = 64 * 1024;
  std::vector<std::string> tables;
  ForEachSymbol(image, [&](const Elf64_Sym& symbol, const std::string& name, uint64_t flags) {
    if (ELF64_ST_TYPE(symbol.st_info) != STT_OBJECT || symbol.st_size > kSmall ||
        (flags & (SHF_ALLOC | SHF_WRITE)) != SHF_ALLOC)
      return;
    for (const char* part : {"4gila", "4absl", "Prime_rehash_policy"}) {
      if (name.find(part) != std::string::npos) return tables.push_back(name);
    }
    if (name.starts_with("_ZL") && name.find("yy") <= 5) tables.push_back(name);  // bison's
  });
  return tables;
}

// Waits for the child; true when it stopped with `*stop_signal`, false when it is gone.
bool WaitForStop(pid_t child, int* stop_signal) {
  int status = 0;
  if (waitpid(child, &status, 0) != child || !WIFSTOPPED(status)) return false;
  *stop_signal = WSTOPSIG(status);
  return true;
}

bool SetBreakpoints(int memory, Functions& functions) {
  for (auto& [address, function] : functions) {
    const auto offset = static_cast<off_t>(address);
    if (pread(memory, &function.first_byte, 1, offset) != 1) return false;
    if (pwrite(memory, &kBreakpoint, 1, offset) != 1) return false;
  }
  return true;
}

// If the child stands behind one of our breakpoints: takes it away and steps back onto it.
const Function* TakeBreakpoint(pid_t child, int memory, const Functions& functions) {
  user_regs_struct registers;
  if (ptrace(PTRACE_GETREGS, child, nullptr, &registers) != 0) return nullptr;
  const auto found = functions.find(registers.rip - 1);
  if (found == functions.end()) return nullptr;
  const auto offset = static_cast<off_t>(found->first);
  if (pwrite(memory, &found->second.first_byte, 1, offset) != 1) return nullptr;
  registers.rip -= 1;
  ptrace(PTRACE_SETREGS, child, nullptr, &registers);
  return &found->second;
}

// Follows the stopped child to its end; the functions in the order of their first calls.
std::vector<std::string> Follow(pid_t child, Functions& functions) {
  std::vector<std::string> called;
  int stop_signal = 0;
  if (!WaitForStop(child, &stop_signal)) return called;  // it could not be run
  ptrace(PTRACE_SETOPTIONS, child, nullptr, PTRACE_O_EXITKILL);
  const int memory = open(("/proc/" + std::to_string(child) + "/mem").c_str(), O_RDWR | O_CLOEXEC);
  if (memory < 0 || !SetBreakpoints(memory, functions)) {
    kill(child, SIGKILL);
    return called;
  }
  int pass_on = 0;
  while (ptrace(PTRACE_CONT, child, nullptr, pass_on) == 0 && WaitForStop(child, &stop_signal)) {
    pass_on = stop_signal;
    if (stop_signal != SIGTRAP) continue;
    const Function* const function = TakeBreakpoint(child, memory, functions);
    if (function == nullptr) continue;
    called.push_back(function->name);
    pass_on = 0;
  }
  close(memory);
  return called;
}

// One run of the program with the script, unheard.
std::vector<std::string> CalledBy(const char* program, const char* script, Functions& functions) {
  const pid_t child = fork();
  if (child == 0) {
    const int nowhere = open("/dev/null", O_RDWR);
    for (int fd = 0; fd < 3; ++fd) dup2(nowhere, fd);
    if (ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) == 0)
      execl(program, program, "-E", script, nullptr);
    _exit(127);
  }
  return child > 0 ? Follow(child, functions) : std::vector<std::string>();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) {
    fprintf(stderr, "usage: gila_startup_order OUTPUT GILA SCRIPT...\n");
    return 2;
  }
  const std::string image = ReadFile(argv[2]);
  Functions functions = FunctionsOf(image);
  FILE* const output = fopen(argv[1], "w");
  if (output == nullptr) return 1;
  std::unordered_set<std::string> listed;
  for (int i = 3; i < argc; ++i) {
    for (const std::string& name : CalledBy(argv[2], argv[i], functions)) {
      if (listed.insert(name).second) fprintf(output, "%s\n", name.c_str());
    }
  }
  for (const std::string& name : SmallTablesOf(image)) {
    if (listed.insert(name).second) fprintf(output, "%s\n", name.c_str());
  }
  return fclose(output) == 0 ? 0 : 1;
}
