// Programs as a host owns them: opened from a file, or kept alive by somebody else.

#include "Border.h"

#include <dlfcn.h>

using snn::runtime::fail;

struct snn_program {
  const snn_model *model;
  void *owner;
  void (*release)(void *owner);
};

static void closeObject(void *object) { dlclose(object); }

snn_status snn_program_open(const char *path, snn_program **program) {
  return snn::runtime::guard(snn::runtime::threadMessage(), [&] {
    if (!path || !program)
      fail(SNN_WRONG_USE, "a program needs a path and a place to put it");
    void *object = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (!object)
      fail(SNN_BAD_FILE, "cannot open `%s`: %s", path, dlerror());
    auto query = reinterpret_cast<decltype(&snn_query_model)>(dlsym(object, "snn_query_model"));
    if (!query) {
      dlclose(object);
      fail(SNN_BAD_FILE, "`%s` is no program of snnc: it has no `snn_query_model`", path);
    }
    *program = new snn_program{query(), object, closeObject};
    return SNN_OK;
  });
}

snn_status snn_program_adopt(const snn_model *model, void *owner, void (*release)(void *owner), snn_program **program) {
  return snn::runtime::guard(snn::runtime::threadMessage(), [&] {
    if (!model || !program)
      fail(SNN_WRONG_USE, "a program needs a model and a place to put it");
    *program = new snn_program{model, owner, release};
    return SNN_OK;
  });
}

snn_status snn_refuse(snn_status status, const char *message) {
  return snn::runtime::guard(snn::runtime::threadMessage(), [&]() -> snn_status { fail(status, "%s", message); });
}

const snn_model *snn_program_model(const snn_program *program) { return program ? program->model : nullptr; }

void snn_program_close(snn_program *program) {
  if (program && program->release)
    program->release(program->owner);
  delete program;
}
