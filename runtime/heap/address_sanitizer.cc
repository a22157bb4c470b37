// address_sanitizer.cc: what AddressSanitizer is told when ASAN_OPTIONS says nothing else.
//
// Locals stay on the native stack, where the collector looks for roots: on the heap, where they are
// kept to find uses after return, it would not see them. Memory that is not to be had is
// MemoryError as ever, and what lives until the end of the process is no leak.
extern "C" const char* __asan_default_options();
extern "C" const char* __asan_default_options() {
  return "detect_stack_use_after_return=0:allocator_may_return_null=1:detect_leaks=0";
}
