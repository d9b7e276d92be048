#include "compiler/Cache/SharedProgram.h"

#include "snn/abi.h"

#include <dlfcn.h>

namespace snn {

namespace {

struct CloseLibrary {
  void operator()(void *library) const { dlclose(library); }
};
using Library = std::unique_ptr<void, CloseLibrary>;

/// The table of the shared object is shared by all who load it and not to be written to: this is a copy with other defaults.
class SharedProgram : public LoadedProgram {
public:
  SharedProgram(Library library, const snn_model &original)
      : library(std::move(library)), table(original), settings(original.settings, original.settings + original.n_settings) {
    table.settings = settings.data();
  }

  const snn_model &model() const override { return table; }

  void takeValues(const Origins &origins, const model::Experiment &experiment, const model::Structure &structure) {
    table.seed = experiment.seed;
    for (auto [setting, origin] : llvm::zip_equal(settings, origins))
      if (origin != SNN_NONE)
        setting.value = structure.values()[origin];
  }

private:
  Library library;
  snn_model table;
  std::vector<snn_setting> settings;
};

} // namespace

static bool fit(const snn_model &program, const Origins &origins, const model::Structure &structure) {
  return program.abi_version == SNN_ABI_VERSION && program.n_settings == origins.size() &&
         llvm::all_of(origins, [&](uint32_t origin) { return origin == SNN_NONE || origin < structure.values().size(); });
}

llvm::Expected<std::unique_ptr<LoadedProgram>> loadShared(const std::string &path, const Origins &origins,
                                                          const model::Experiment &experiment,
                                                          const model::Structure &structure) {
  Library library(dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL));
  if (!library)
    return llvm::createStringError(dlerror());
  auto query = reinterpret_cast<decltype(&snn_query_model)>(dlsym(library.get(), "snn_query_model"));
  if (!query || !fit(*query(), origins, structure))
    return llvm::createStringError("`" + path + "` is not the program it is kept as");
  auto program = std::make_unique<SharedProgram>(std::move(library), *query());
  program->takeValues(origins, experiment, structure);
  return program;
}

} // namespace snn
