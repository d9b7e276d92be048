#include "snn/arrays/ReadArray.h"

#include "Hdf5Array.h"
#include "NpzArray.h"

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <new>

#include <strings.h>

int snn_read_array(const char *path, const char *dataSet, snn_array *array) {
  *array = {};
  auto say = [&](const char *message) {
    std::free(array->bytes);
    *array = {};
    std::snprintf(array->message, sizeof array->message, "%s", message);
    return 0;
  };
  try {
    std::string name = path;
    bool isZip = name.size() > 4 && strcasecmp(name.c_str() + name.size() - 4, ".npz") == 0;
    (isZip ? snn::arrays::readNpz : snn::arrays::readHdf5)(name, dataSet, *array);
    return 1;
  } catch (const std::bad_alloc &) {
    return say("does not fit into memory");
  } catch (const std::exception &failure) {
    return say(failure.what());
  }
}

int snn_has_array(const char *path, const char *name) {
  try {
    return snn::arrays::hasHdf5(path, name);
  } catch (const std::exception &) {
    return 0;
  }
}
