/* A serial port that leads to this program: what is written to it comes out here, what is written here comes out of it.
 * Prints the address of the port, and ends with its standard input, as if the cable was pulled out. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <termios.h>
#include <unistd.h>

static int pass(int from, int to) {
  char some[4096];
  ssize_t came = read(from, some, sizeof some);
  /* EIO: nobody has the port open; somebody may open it again. */
  if (came < 0) return errno == EIO || errno == EINTR;
  if (came == 0) return 0;
  for (ssize_t at = 0; at < came;) {
    ssize_t gone = write(to, some + at, (size_t)(came - at));
    if (gone < 0) return 0;
    at += gone;
  }
  return 1;
}

int main(void) {
  int port = posix_openpt(O_RDWR | O_NOCTTY);
  if (port < 0 || grantpt(port) != 0 || unlockpt(port) != 0) return 1;
  const char *address = ptsname(port);
  /* Held open, so that the port is there when others come and go; and raw, so that it echoes nothing. */
  int held = open(address, O_RDWR | O_NOCTTY);
  struct termios line;
  if (held < 0 || tcgetattr(held, &line) != 0) return 1;
  cfmakeraw(&line);
  if (tcsetattr(held, TCSANOW, &line) != 0) return 1;
  fprintf(stderr, "%s\n", address);
  struct pollfd watched[2] = {{.fd = STDIN_FILENO, .events = POLLIN}, {.fd = port, .events = POLLIN}};
  for (;;) {
    if (poll(watched, 2, -1) < 0 && errno != EINTR) return 1;
    if (watched[0].revents != 0 && !pass(STDIN_FILENO, port)) return 0;
    if (watched[1].revents != 0 && !pass(port, STDOUT_FILENO)) return 0;
  }
}
