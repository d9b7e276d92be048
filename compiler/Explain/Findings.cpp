#include "compiler/Explain/Findings.h"

#include "mlir/IR/Remarks.h"

using namespace mlir;
namespace remarks = mlir::remark::detail;

namespace snn {
namespace {

constexpr llvm::StringLiteral category = "snn";

class FindingCollector : public remarks::MLIRRemarkStreamerBase {
public:
  explicit FindingCollector(std::vector<Finding> &findings) : findings(findings) {}

  void streamOptimizationRemark(const remarks::Remark &remark) override {
    Finding finding{remark.getRemarkName().str(), remark.getLocation(), {}};
    for (const remarks::Remark::Arg &fact : remark.getArgs())
      finding.facts.emplace_back(fact.key, fact.val);
    findings.push_back(std::move(finding));
  }

private:
  std::vector<Finding> &findings;
};

} // namespace

llvm::StringRef Finding::get(llvm::StringRef name) const {
  for (const auto &[key, text] : facts)
    if (key == name)
      return text;
  return "";
}

FindingCollection::FindingCollection(MLIRContext &context) : context(context) {
  remark::RemarkCategories categories;
  categories.analysis = category.str();
  LogicalResult enabled = remark::enableOptimizationRemarks(context, std::make_unique<FindingCollector>(findings),
                                                            std::make_unique<remark::RemarkEmittingPolicyAll>(), categories);
  assert(succeeded(enabled) && "the category is a valid pattern");
  (void)enabled;
}

FindingCollection::~FindingCollection() { context.setRemarkEngine(nullptr); }

bool areFindingsWanted(MLIRContext *context) { return context->getRemarkEngine() != nullptr; }

void reportFinding(Location where, llvm::StringRef kind,
                   std::initializer_list<std::pair<llvm::StringRef, std::string>> facts) {
  remarks::InFlightRemark remark = remark::analysis(where, remark::RemarkOpts::name(kind).category(category));
  if (!remark)
    return;
  for (const auto &[name, text] : facts)
    remark << remarks::Remark::Arg(name, text);
}

} // namespace snn
