#include "compiler/tools/snnc/Commands.h"
#include "compiler/tools/snnc/LibraryText.h"
#include "compiler/tools/snnc/Report.h"
#include "compiler/tools/snnc/Spelling.h"

#include "llvm/ADT/STLExtras.h"

namespace snn::tool {

ExitStatus modelsCommand(const Options &options) {
  std::vector<CatalogueModel> models = readCatalogue();
  if (!options.model.empty()) {
    auto found = llvm::find_if(models, [&](const CatalogueModel &model) { return model.name == options.model; });
    if (found == models.end()) {
      std::vector<std::string> names;
      for (const CatalogueModel &model : models)
        names.push_back(model.name);
      reportError("the library has no model `" + llvm::Twine(options.model) + "`" + suggestion(options.model, names));
      return exitWrongUse;
    }
    models = {*found};
  }
  if (options.json)
    printJson(models, llvm::outs());
  else if (options.model.empty())
    printList(models, llvm::outs());
  else
    printModel(models.front(), llvm::outs());
  return exitFine;
}

} // namespace snn::tool
