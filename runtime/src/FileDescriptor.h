// An open file of the operating system that is closed when its owner goes.

#ifndef SNN_RUNTIME_FILEDESCRIPTOR_H
#define SNN_RUNTIME_FILEDESCRIPTOR_H

#include <cctype>
#include <cerrno>
#include <cstring>
#include <string>
#include <utility>

#include <unistd.h>

namespace snn::runtime {

class FileDescriptor {
public:
  explicit FileDescriptor(int number = -1) : number(number) {}
  FileDescriptor(FileDescriptor &&other) noexcept : number(std::exchange(other.number, -1)) {}
  FileDescriptor &operator=(FileDescriptor &&other) noexcept {
    std::swap(number, other.number);
    return *this;
  }
  ~FileDescriptor() { close(); }

  bool isOpen() const { return number >= 0; }
  operator int() const { return number; }

  /// False if closing met an error, such as bytes that could not be written.
  bool close() { return number < 0 || ::close(std::exchange(number, -1)) == 0; }

private:
  int number;
};

/// The system's sentence for `errno`, spelled like ours: "permission denied".
inline std::string lastReason() {
  std::string reason = std::strerror(errno);
  reason[0] = char(std::tolower(static_cast<unsigned char>(reason[0])));
  return reason;
}

} // namespace snn::runtime

#endif // SNN_RUNTIME_FILEDESCRIPTOR_H
