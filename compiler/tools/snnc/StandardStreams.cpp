#include "compiler/tools/snnc/StandardStreams.h"

#include "llvm/Support/raw_ostream.h"

#include <cerrno>
#include <csignal>

#include <fcntl.h>
#include <unistd.h>

namespace snn::tool {

void prepareStandardStreams() {
  for (int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    if (fcntl(stream, F_GETFD) < 0 && errno == EBADF) {
      // The lowest free number is that of the stream. Writing to what is open for reading fails as it should.
      int placeholder = open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY);
      if (placeholder >= 0 && placeholder != stream)
        close(placeholder);
    }
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
}

void forgiveStandardError() {
  llvm::errs().flush();
  llvm::errs().clear_error();
}

} // namespace snn::tool
