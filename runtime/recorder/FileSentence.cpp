#include "FileSentence.h"

#include <cctype>
#include <cerrno>
#include <cstring>

namespace snn::recorder {

std::string fileSentence(const std::string &verb, const std::string &path, int error, const char *hdf5Reason) {
  if (error == EEXIST)
    return "`" + path + "` exists already";
  std::string reason = error ? std::strerror(error) : hdf5Reason;
  if (!reason.empty())
    reason[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(reason[0])));
  return "cannot " + verb + " `" + path + "`: " + reason;
}

} // namespace snn::recorder
