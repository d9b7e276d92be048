#include "DataFiles.h"

#include "ArchiveArray.h"
#include "Failure.h"
#include "NpyFile.h"

#include "frontend/Units.h"

#include <cmath>
#include <mutex>
#include <sstream>
#include <string_view>

namespace snn::runtime {

const LoadedArray &DataFiles::find(const char *text) {
  std::string_view key = text;
  {
    std::shared_lock lock(mutex);
    if (auto found = arrays.find(key); found != arrays.end())
      return found->second;
  }
  std::unique_lock lock(mutex);
  auto found = arrays.find(key);
  if (found == arrays.end())
    found = arrays.emplace(key, open(text)).first;
  return found->second;
}

/// SONATA spells out the units of time.
static std::string abbreviated(const std::string &unit) {
  return unit == "milliseconds" ? "ms" : unit == "seconds" ? "s" : unit;
}

/// The size of the unit that the numbers are in, which the file may say itself.
static double factorOf(const NumberArray &array, const std::string &wanted) {
  std::optional<Unit> needed = wanted.empty() ? Unit() : parseUnit(wanted);
  if (array.unit().empty())
    return needed ? needed->scale() : 1;
  std::optional<Unit> given = parseUnit(abbreviated(array.unit()));
  if (!given)
    fail(SNN_BAD_FILE, "`%s` is in `%s`, which is not a unit", array.path.c_str(), array.unit().c_str());
  if (!needed || given->dimension != needed->dimension)
    fail(SNN_BAD_FILE, "`%s` is in %s, but %s are needed", array.path.c_str(), array.unit().c_str(),
         wanted.empty() ? "plain numbers" : ("numbers that fit " + wanted).c_str());
  return given->scale();
}

std::string DataFiles::whole(const std::string &path) const {
  bool isRelative = !path.empty() && path[0] != '/' && !folder.empty();
  return isRelative ? folder + "/" + path : path;
}

LoadedArray DataFiles::open(const std::string &text) const {
  std::istringstream lines(text);
  std::string path, dataSet, unit, shape;
  std::getline(lines, path);
  std::getline(lines, dataSet);
  std::getline(lines, unit);
  std::getline(lines, shape);
  LoadedArray loaded;
  if (isArchive(path))
    loaded.array = std::make_unique<ArchiveArray>(whole(path), dataSet);
  else
    loaded.array = std::make_unique<NpyFile>(whole(path));
  loaded.factor = factorOf(*loaded.array, unit);
  std::istringstream extents(shape);
  for (uint64_t extent; extents >> extent;)
    loaded.shape.push_back(extent);
  return loaded;
}

double LoadedArray::number(uint64_t index) const {
  double value = array->number(index) * factor;
  if (!std::isfinite(value))
    fail(SNN_BAD_FILE, "number %llu (from 0) of `%s` is %g", static_cast<unsigned long long>(index), array->path.c_str(), value);
  return value;
}

} // namespace snn::runtime
