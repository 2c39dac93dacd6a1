#include "CSystem.h"

#include <errno.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

static struct termios before;
static int is_raw;

int ksys_terminal_raw(void) {
  if (tcgetattr(STDIN_FILENO, &before) != 0) return errno;
  struct termios raw = before;
  cfmakeraw(&raw);
  if (tcsetattr(STDIN_FILENO, TCSAFLUSH, &raw) != 0) return errno;
  is_raw = 1;
  return 0;
}

void ksys_terminal_restore(void) {
  if (is_raw) tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
  is_raw = 0;
}

int ksys_terminal_size(int *columns, int *rows) {
  struct winsize size;
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0) return errno;
  *columns = size.ws_col;
  *rows = size.ws_row;
  return 0;
}

int ksys_terminal_read(unsigned char *bytes, int capacity, int milliseconds) {
  struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
  int ready = poll(&input, 1, milliseconds);
  if (ready == 0 || (ready < 0 && errno == EINTR)) return 0;
  if (ready < 0) return -1;
  ssize_t count = read(STDIN_FILENO, bytes, (size_t)capacity);
  if (count < 0) return errno == EINTR || errno == EAGAIN ? 0 : -1;
  return count == 0 ? -1 : (int)count;
}
