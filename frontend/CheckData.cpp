#include "frontend/CheckData.h"

using namespace snn;
using llvm::StringRef;

const ast::CallExpr *snn::loadCall(const ast::Expr &expr) {
  auto *call = llvm::dyn_cast<ast::CallExpr>(&expr);
  return call && call->callee.text == "load" ? call : nullptr;
}

static bool hasSets(StringRef path) {
  return path.ends_with_insensitive(".npz") || path.ends_with_insensitive(".h5") || path.ends_with_insensitive(".hdf5");
}

bool snn::mayNameUnit(const ast::CallExpr &load) {
  auto *path = load.arguments.empty() ? nullptr : llvm::dyn_cast<ast::TextExpr>(load.arguments.front().value);
  return path && (path->value.ends_with_insensitive(".h5") || path->value.ends_with_insensitive(".hdf5"));
}

model::DataSource *snn::checkSource(const ast::CallExpr &load, CheckContext &context) {
  auto reject = [&](llvm::SMRange range, const llvm::Twine &message) {
    context.error(DiagnosticCode::C15, range, message);
    return nullptr;
  };
  auto isText = [](const ast::Argument &argument) { return !argument.name; };
  auto firstOption = llvm::find_if_not(load.arguments, isText);
  if (firstOption != load.arguments.end() && context.dataPlace.owner != DataPlace::Drive)
    return reject(firstOption->name.range, "`" + firstOption->name.text +
                                               "` is said of data that an experiment drives something with, as in "
                                               "`N.I = load(\"i.npy\", every = 0.5 ms)`");
  auto count = static_cast<size_t>(firstOption - load.arguments.begin());
  if (count < 1 || count > 2)
    return reject(load.range, "`load` takes a file and perhaps the data set in it, as in `load(\"rates.npz\", \"layer4\")`");
  const ast::TextExpr *texts[2] = {};
  for (auto [text, argument] : llvm::zip(texts, load.arguments.take_front(count))) {
    text = llvm::dyn_cast<ast::TextExpr>(argument.value);
    if (!text)
      return reject(argument.value->range, "`load` takes texts, as in `load(\"rates.npz\", \"layer4\")`");
    if (text->value.empty())
      return reject(text->range, "the name of a file or data set is not empty");
  }
  StringRef path = texts[0]->value;
  if (!path.ends_with_insensitive(".npy") && !hasSets(path))
    return reject(texts[0]->range, "`load` reads `.npy`, `.npz`, `.h5` and `.hdf5` files, and the name ends with neither");
  if (texts[1] && !hasSets(path))
    return reject(texts[1]->range, "a `.npy` file is one array, so it has no data sets");
  model::DataSource &source = context.model.dataSources.emplace_back();
  source.path = context.dataPath(*texts[0]);
  if (texts[1])
    source.dataSet = texts[1]->value.str();
  return &source;
}

Value snn::dataValue(const ast::CallExpr &load, const DimensionTerm &dimension, const UnitSpelling &unit,
                     CheckContext &context) {
  const DataPlace &place = context.dataPlace;
  if (place.owner == DataPlace::Nowhere) {
    context.error(DiagnosticCode::C15, load.range,
                  "`load` gives values to neurons, synapses and tables when the network is built, and to what an experiment "
                  "drives; there is none of these here");
    return {};
  }
  model::DataSource *source = checkSource(load, context);
  if (!source)
    return {};
  source->unit = unit;
  source->dimension = dimension.known;
  source->shape = place.shape;
  if (place.owner == DataPlace::Drive) {
    source->course = checkCourse(load, *place.course, *place.times, context);
    if (!source->course)
      return {};
  }
  model::Expr *expr = context.make(model::Expr::Kind::Data, load.range);
  expr->dimension = dimension.known;
  expr->data = source;
  expr->entry = place.entry;
  return {expr, dimension, unit};
}
