// `save weights of EN "weights.h5"`, `load weights of EN "weights.h5"`

#include "frontend/CheckExperiment.h"

#include "llvm/ADT/STLExtras.h"

using namespace snn;
using llvm::StringRef;

/// What keeps weights from being saved, or loaded; empty: nothing.
static std::string obstacle(const model::Projection &projection, const model::Network &network, bool loads) {
  if (!projection.weight)
    return "it has no weight";
  if (!loads)
    return "";
  if (projection.connect.procedural)
    return "its contacts are drawn again for every spike, so its weights are never stored";
  auto isMirror = [&](const auto &other) { return other.get() != &projection && other->mirrors == &projection; };
  if (llvm::any_of(network.projections, isMirror) || (projection.mirrors && projection.mirrors != &projection))
    return "it joins two groups both ways, with one weight for both";
  return "";
}

bool snn::isWeightFile(const ast::TextExpr &file, CheckContext &context) {
  bool isHdf5 = file.value.ends_with_insensitive(".h5") || file.value.ends_with_insensitive(".hdf5");
  if (!isHdf5)
    context.error(DiagnosticCode::X8, file.range, "weights are kept in HDF5 files, whose names end with `.h5` or `.hdf5`");
  return isHdf5;
}

void ExperimentChecker::addWeightFile(const model::Projection &projection, llvm::SMRange range, const ast::TextExpr &file,
                                      const ast::WeightFileStmt &statement) {
  std::vector<model::WeightFile> &files = statement.loads ? experiment.loads : experiment.saves;
  if (std::string why = obstacle(projection, names.network, statement.loads); !why.empty()) {
    context
        .error(DiagnosticCode::X8, range,
               "the weights of `" + projection.name + "` cannot be " + (statement.loads ? "loaded" : "saved") + ": " + why)
        .note(projection.range, "it is declared here");
    return;
  }
  auto isSame = [&](const model::WeightFile &other) {
    return other.projection == &projection && (statement.loads || StringRef(other.path) == file.value);
  };
  if (auto other = llvm::find_if(files, isSame); other != files.end()) {
    context
        .error(DiagnosticCode::X8, range,
               "the weights of `" + projection.name + "` are " + (statement.loads ? "loaded twice" : "saved twice to one file"))
        .note(other->range, "the first time is here");
    return;
  }
  // What is written goes where other results go: relative to the folder that the program is run in.
  files.push_back({&projection, statement.loads ? context.dataPath(file) : file.value.str(), statement.range});
}

void ExperimentChecker::checkWeightFile(const ast::WeightFileStmt &statement) {
  auto *file = llvm::dyn_cast_if_present<ast::TextExpr>(statement.file);
  if (!file) // reported by the parser
    return;
  if (!isWeightFile(*file, context))
    return;
  if (statement.projections.empty() && statement.loads) {
    context.error(DiagnosticCode::X8, statement.range, "whose weights are loaded is said with `of`, as in `load weights of EN \"weights.h5\"`");
    return;
  }
  if (statement.projections.empty()) {
    for (const auto &projection : names.network.projections)
      if (obstacle(*projection, names.network, /*loads=*/false).empty())
        addWeightFile(*projection, statement.range, *file, statement);
    return;
  }
  for (const ast::Expr *named : statement.projections) {
    auto projections = names.projections(*named);
    if (!projections) {
      if (!llvm::isa<ast::ErrorExpr>(named))
        context.error(DiagnosticCode::X8, named->range, quoted(*named) + " is no projection; one gets a name with `as`, as in `project E -> N as EN`");
      continue;
    }
    for (const model::Projection *projection : *projections)
      addWeightFile(*projection, named->range, *file, statement);
  }
}
