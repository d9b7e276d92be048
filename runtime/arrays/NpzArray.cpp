#include "NpzArray.h"

#include <zip.h>

#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <vector>

namespace snn::arrays {

using Archive = std::unique_ptr<zip_t, decltype(&zip_discard)>;
using Member = std::unique_ptr<zip_file_t, decltype(&zip_fclose)>;

static Archive open(const std::string &path) {
  int code = 0;
  zip_t *archive = zip_open(path.c_str(), ZIP_RDONLY, &code);
  if (archive)
    return {archive, zip_discard};
  zip_error_t error;
  zip_error_init_with_code(&error, code);
  std::string reason = zip_error_strerror(&error);
  zip_error_fini(&error);
  throw std::runtime_error("cannot be opened: " + reason);
}

static std::string withoutSuffix(std::string name) {
  constexpr std::string_view suffix = ".npy";
  if (name.size() > suffix.size() && name.ends_with(suffix))
    name.resize(name.size() - suffix.size());
  return name;
}

/// The names of the arrays, for a message.
static std::string listed(zip_t *archive, zip_int64_t count) {
  std::string text;
  for (zip_int64_t k = 0; k < count && k < 8; ++k)
    if (const char *name = zip_get_name(archive, zip_uint64_t(k), 0))
      text += (text.empty() ? "`" : ", `") + withoutSuffix(name) + "`";
  return text + (count > 8 ? ", ..." : "");
}

static zip_uint64_t find(zip_t *archive, const std::string &member) {
  zip_int64_t count = zip_get_num_entries(archive, 0);
  if (member.empty()) {
    if (count != 1)
      throw std::runtime_error("has " + std::to_string(count) + " arrays, so the one that is wanted is named: " +
                               listed(archive, count));
    return 0;
  }
  for (const std::string &name : {member + ".npy", member})
    if (zip_int64_t index = zip_name_locate(archive, name.c_str(), 0); index >= 0)
      return zip_uint64_t(index);
  throw std::runtime_error("is not there; the file has " + listed(archive, count));
}

void readNpz(const std::string &path, const std::string &member, snn_array &array) {
  Archive archive = open(path);
  zip_uint64_t index = find(archive.get(), member);
  zip_stat_t status;
  if (zip_stat_index(archive.get(), index, 0, &status) != 0 || !(status.valid & ZIP_STAT_SIZE))
    throw std::runtime_error("is damaged: " + std::string(zip_strerror(archive.get())));
  Member file(zip_fopen_index(archive.get(), index, 0), zip_fclose);
  if (!file)
    throw std::runtime_error("cannot be read: " + std::string(zip_strerror(archive.get())));
  // A damaged file may claim any size; what has been read is all that is kept.
  std::vector<char> bytes;
  for (char part[65536]; bytes.size() < status.size;) {
    zip_int64_t got = zip_fread(file.get(), part, sizeof part);
    if (got < 0)
      throw std::runtime_error("is damaged: " + std::string(zip_file_strerror(file.get())));
    if (got == 0)
      break;
    bytes.insert(bytes.end(), part, part + got);
  }
  array.bytes = std::malloc(bytes.size() + 1);
  if (!array.bytes)
    throw std::bad_alloc();
  std::copy(bytes.begin(), bytes.end(), static_cast<char *>(array.bytes));
  array.length = bytes.size();
  array.is_npy = 1;
}

} // namespace snn::arrays
