// configure_switching.cc: -X switch=every and -X schedule: when threads take turns, if not when the
// switch interval is over.
#include <fcntl.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "runtime/threads/attach.h"
#include "runtime/threads/schedule.h"
#include "runtime/tracing.h"
#include "runtime/types/code.h"
#include "runtime/types/str.h"
#include "stdlib/thread_locks.h"
#include "vm/frame.h"
#include "vm/main/configure.h"
#include "vm/opcode_tables.h"

namespace gila::vm {
namespace {

bool InProgram(const Thread& thread) {
  return thread.registers != nullptr && !IsLibraryCode(CodeOf(thread.registers));
}

// File, line and the instruction that would be next, or that waits; of the program's own code, if
// there is some in the call stack.
std::string PlaceOf(const Thread& thread) {
  const uint64_t* pc = thread.pc;
  const Value* registers = thread.registers;
  while (registers != nullptr && IsLibraryCode(CodeOf(registers)) &&
         CallerOf(registers) != nullptr) {
    pc = LinkPc(LinkOf(registers));
    registers = CallerOf(registers);
  }
  if (registers == nullptr) return "\t0\t";
  const Code* const code = CodeOf(registers);
  const Opcode opcode = BaseOpcode(Instruction(LoadWord(pc)).opcode());
  return absl::StrCat(ToUtf8(code->filename.Load()), "\t", LineAt(code, WordIndex(code, pc)), "\t",
                      kAnyOpcodeName[static_cast<size_t>(opcode)]);
}

// SEED[,DEPTH,STEPS]
bool ParseSchedule(const std::string& text, ScheduleOptions* options) {
  uint64_t numbers[3] = {0, 0, 0};
  const char* place = text.c_str();
  int count = 0;
  while (count < 3 && *place >= '0' && *place <= '9') {
    char* end;
    errno = 0;
    numbers[count++] = strtoull(place, &end, 10);
    if (errno != 0) return false;
    place = end;
    if (*place != ',') break;
    ++place;
  }
  constexpr uint64_t kMostDepth = 1000;
  if (*place != '\0' || (count != 1 && count != 3) || numbers[1] > kMostDepth) return false;
  options->seed = numbers[0];
  options->depth = static_cast<uint32_t>(numbers[1]);
  options->steps = numbers[2];
  return true;
}

}  // namespace

void ConfigureSwitching(Thread& thread, const CommandLine& line) {
  ScheduleOptions schedule{.in_program = InProgram, .place = PlaceOf};
  bool scheduled = false;
  for (const auto& [name, value] : line.x_options) {
    if (name == "switch") {
      if (value != "every") FatalConfig("-X switch: the only mode is \"every\"");
      SwitchAtEveryInstruction(thread);
    } else if (name == "schedule") {
      if (kGilDisabled) FatalConfig("-X schedule: this build has no lock that gives turns");
      if (!ParseSchedule(value, &schedule))
        FatalConfig("-X schedule: must be SEED or SEED,DEPTH,STEPS");
      scheduled = true;
    } else if (name == "schedule_library") {
      schedule.in_program = [](const Thread& thread) { return thread.registers != nullptr; };
    } else if (name == "schedule_report") {
      schedule.report_fd = open(value.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
      if (schedule.report_fd < 0) FatalConfig("-X schedule_report: the file cannot be opened");
    }
  }
  if (!scheduled) return;
  SwitchAtEveryInstruction(thread);
  StartSchedule(thread, schedule);
}

}  // namespace gila::vm
