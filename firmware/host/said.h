#pragma once

/** Prints one line of what the board does, at once; both tasks may. */
void said(const char* format, ...) __attribute__((format(printf, 1, 2)));
