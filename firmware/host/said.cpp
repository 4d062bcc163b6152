#include "said.h"

#include <cstdarg>
#include <cstdio>

void said(const char* format, ...) {
  char line[256];
  va_list values;
  va_start(values, format);
  std::vsnprintf(line, sizeof line, format, values);
  va_end(values);
  // One call for the whole line: two tasks may speak at once.
  std::fprintf(stdout, "%s\n", line);
  std::fflush(stdout);
}
