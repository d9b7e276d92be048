// The `connect` clause: rules, their numbers and options.

#include "frontend/CheckData.h"
#include "frontend/CheckFold.h"
#include "frontend/CheckLayout.h"
#include "frontend/CheckProjection.h"
#include "frontend/ContactReach.h"

#include <algorithm>
#include <cmath>

using namespace snn;
using llvm::StringRef;
using llvm::Twine;
using model::ConnectRule;
using model::Expr;

namespace {

struct RuleInfo {
  StringRef name;
  ConnectRule rule;
  StringRef number; ///< what its argument is; empty: it has none
  bool takesAutapses;
  bool takesMultapses;
};

class ConnectChecker {
public:
  ConnectChecker(const model::Group &source, const model::Group &target, const Scope &joined, NetworkNames &names)
      : names(names), context(names.context), source(source), target(target), joined(joined) {
    pair.add("distance", [this](llvm::SMRange range) {
      Value distance = distanceBetween(*this->source.population, *this->target.population, range, context);
      if (distance)
        distances.insert(distance.expr);
      return distance;
    });
  }
  bool check(const ast::Expr &expr);
  model::Connectivity result;

private:
  bool checkArguments(const ast::CallExpr &call, const RuleInfo &info);
  bool checkOption(const ast::Argument &argument, const RuleInfo &info);
  bool checkNumber(const ast::Expr &expr, const RuleInfo &info);
  bool checkFile(const ast::Expr &expr);
  bool checkWhere(const ast::CallExpr &call);
  bool checkPairProbability(const Value &value);
  bool checkProcedural(const ast::Argument &argument, const RuleInfo &info);
  bool checkSizes(llvm::SMRange range);
  bool report(DiagnosticCode code, llvm::SMRange range, const Twine &message) {
    context.error(code, range, message);
    return false;
  }
  uint64_t sourceSize() const { return source.end - source.begin; }
  uint64_t targetSize() const { return target.end - target.begin; }
  /// Neurons in both groups.
  uint64_t shared() const;

  NetworkNames &names;
  CheckContext &context;
  const model::Group &source, &target;
  const Scope &joined; ///< what an expression may read of a pair of neurons
  Scope pair;          ///< `distance`, in front of `joined`
  Distances distances; ///< what it has been in expressions
  double number = 0;
};

} // namespace

static const RuleInfo rules[] = {
    {"one_to_one", ConnectRule::OneToOne, "", false, false},
    {"all_to_all", ConnectRule::AllToAll, "", true, false},
    {"bernoulli", ConnectRule::Bernoulli, "probability", true, false},
    {"fixed_indegree", ConnectRule::FixedIndegree, "indegree", true, true},
    {"fixed_outdegree", ConnectRule::FixedOutdegree, "outdegree", true, true},
    {"fixed_total", ConnectRule::FixedTotal, "number of synapses", true, true},
    {"pairs", ConnectRule::Pairs, "file", false, false},
};

bool ConnectChecker::check(const ast::Expr &expr) {
  result.range = expr.range;
  auto *call = llvm::dyn_cast<ast::CallExpr>(&expr);
  auto *bare = llvm::dyn_cast<ast::NameExpr>(&expr);
  if (!call && !bare)
    return llvm::isa<ast::ErrorExpr>(expr)
               ? false
               : report(DiagnosticCode::C2, expr.range, "a connection rule is needed here, such as `bernoulli(0.1)`");
  ast::Name name = call ? call->callee : ast::Name{bare->name, bare->range};
  NearestName nearest(name.text);
  for (const RuleInfo &info : rules) {
    nearest.consider(info.name);
    if (info.name != name.text)
      continue;
    result.rule = info.rule;
    if (!call && !info.number.empty())
      return report(DiagnosticCode::C2, expr.range,
                    "`" + name.text + "` needs its " + info.number + ", as in `" + name.text + "(...)`");
    return (!call || checkArguments(*call, info)) && checkSizes(expr.range);
  }
  if (call && name.text == "where")
    return checkWhere(*call);
  if (name.text == "conv2d")
    return report(DiagnosticCode::P6, expr.range, "`connect " + name.text + "` is not supported yet");
  return report(DiagnosticCode::C2, name.range, "unknown connection rule `" + name.text + "`" + nearest.hint());
}

bool ConnectChecker::checkArguments(const ast::CallExpr &call, const RuleInfo &info) {
  bool hasNumber = false, good = true;
  for (const ast::Argument &argument : call.arguments) {
    if (argument.name) {
      good &= checkOption(argument, info);
    } else if (hasNumber || info.number.empty()) {
      return report(DiagnosticCode::C2, argument.value->range,
                    "`" + info.name + "` takes " + (info.number.empty() ? "no number" : "one " + info.number.str()));
    } else {
      hasNumber = true;
      good &= info.rule == ConnectRule::Pairs ? checkFile(*argument.value) : checkNumber(*argument.value, info);
    }
  }
  if (!hasNumber && !info.number.empty())
    return report(DiagnosticCode::C2, call.range, "`" + info.name + "` needs its " + info.number);
  return good;
}

bool ConnectChecker::checkOption(const ast::Argument &argument, const RuleInfo &info) {
  StringRef name = argument.name.text;
  const bool isProcedural = name == "procedural";
  bool known = isProcedural || (name == "autapses" && info.takesAutapses) || (name == "multapses" && info.takesMultapses);
  if (!known) {
    NearestName nearest(name);
    nearest.consider("procedural");
    if (info.takesAutapses)
      nearest.consider("autapses");
    if (info.takesMultapses)
      nearest.consider("multapses");
    return report(DiagnosticCode::C2, argument.name.range,
                  "`" + info.name + "` has no option `" + name + "`" + nearest.hint());
  }
  WeightDimension none;
  Value value = ExpressionChecker(context, names.scopes(), none).checkTruth(*argument.value);
  if (!value)
    return false;
  std::optional<double> constant = constantValue(*value.expr);
  if (!constant)
    return report(DiagnosticCode::C9, argument.value->range, "`" + name + "` must be known before the run");
  fixParameters(*value.expr);
  (isProcedural ? result.procedural : name == "autapses" ? result.autapses : result.multapses) = *constant != 0;
  return !isProcedural || checkProcedural(argument, info);
}

/// A row can be drawn again for its source only where the rule draws it for its source.
bool ConnectChecker::checkProcedural(const ast::Argument &argument, const RuleInfo &info) {
  bool goesByTarget = info.rule == ConnectRule::FixedIndegree || info.rule == ConnectRule::FixedTotal;
  if (!result.procedural || (!goesByTarget && info.rule != ConnectRule::Pairs))
    return true;
  return report(DiagnosticCode::C16, argument.name.range,
                "`" + info.name + "` " + (goesByTarget ? "draws the sources of every target" : "reads its contacts from a file") +
                    ", so the targets of one source cannot be drawn alone; `bernoulli` and `fixed_outdegree` are procedural");
}

bool ConnectChecker::checkWhere(const ast::CallExpr &call) {
  if (call.arguments.size() != 1 || call.arguments[0].name)
    return report(DiagnosticCode::C2, call.range, "`where` takes one condition, as in `where distance < 100 um`");
  ScopeList scopes = {&pair, &joined};
  scopes.append(names.scopes());
  WeightDimension none;
  Value condition = ExpressionChecker(context, scopes, none).checkTruth(*call.arguments[0].value);
  if (!condition)
    return false;
  Expr *select = context.make(Expr::Kind::Apply, call.range);
  select->op = model::Op::Select;
  select->operands = {condition.expr, context.number(1, Dimension::number(), call.range).expr,
                      context.number(0, Dimension::number(), call.range).expr};
  result.rule = ConnectRule::PairBernoulli;
  result.number = select;
  result.reach = reachOf(*select, distances);
  return true;
}

static bool readsNeurons(const Expr &expr) {
  switch (expr.kind) {
  case Expr::Kind::Pre:
  case Expr::Kind::Post:
  case Expr::Kind::PreIndex:
  case Expr::Kind::PostIndex:
  case Expr::Kind::PrePosition:
  case Expr::Kind::PostPosition:
    return true;
  default:
    return false;
  }
}

bool ConnectChecker::checkPairProbability(const Value &value) {
  result.rule = ConnectRule::PairBernoulli;
  result.number = folded(value.expr, context);
  result.reach = reachOf(*value.expr, distances);
  return true;
}

bool ConnectChecker::checkNumber(const ast::Expr &expr, const RuleInfo &info) {
  Scope ofNeurons;
  auto rejectNeurons = [&](llvm::SMRange range) {
    context.error(DiagnosticCode::C2, range,
                  "the " + info.number + " is one number for all; only `bernoulli` and `where` look at the joined neurons");
    return Value();
  };
  for (StringRef end : {"pre", "post"})
    ofNeurons.addMembers(end, [&](StringRef, llvm::SMRange range) -> std::optional<Value> { return rejectNeurons(range); });
  ofNeurons.add("distance", rejectNeurons);
  ScopeList scopes;
  if (info.rule == ConnectRule::Bernoulli)
    scopes = {&pair, &joined};
  else
    scopes = {&ofNeurons};
  scopes.append(names.scopes());
  WeightDimension none;
  ExpressionChecker checker(context, scopes, none);
  unsigned tableReads = context.tableReads;
  Value value = checker.requireDimension(checker.checkQuantity(expr), expr, Dimension::number(), "a " + info.number);
  if (!value)
    return false;
  if (findUse(*value.expr, readsNeurons))
    return checkPairProbability(value);
  std::optional<double> constant = constantValue(*value.expr);
  if (!constant)
    return report(DiagnosticCode::C9, expr.range, "a " + info.number + " must be known before the run");
  std::string but = butIs(expr, *constant);
  if (info.rule == ConnectRule::Bernoulli && !(*constant >= 0 && *constant <= 1))
    return report(DiagnosticCode::C3, expr.range, "a probability lies between 0 and 1" + but);
  if (!(*constant >= 0))
    return report(DiagnosticCode::C3, expr.range, "the " + info.number + " cannot be negative" + but);
  bool mustBeWhole = info.rule == ConnectRule::FixedIndegree || info.rule == ConnectRule::FixedOutdegree;
  if (mustBeWhole && *constant != std::floor(*constant))
    return report(DiagnosticCode::C3, expr.range, "an " + info.number + " is a whole number" + but);
  if (info.rule == ConnectRule::FixedTotal)
    *constant = std::round(*constant);
  number = *constant;
  result.number = value.expr;
  if (value.expr->kind == model::Expr::Kind::Parameter)
    return true; // the parameter itself is the number of the rule
  if (!names.checkTableIsFixed(expr, value, tableReads, "a " + info.number))
    return false;
  fixParameters(*value.expr);
  result.number = context.number(*constant, Dimension::number(), expr.range).expr;
  return true;
}

bool ConnectChecker::checkFile(const ast::Expr &expr) {
  const ast::CallExpr *load = loadCall(expr);
  if (!load)
    return report(DiagnosticCode::C2, expr.range, "`pairs` takes a file, as in `pairs(load(\"edges.npy\"))`");
  result.data = checkSource(*load, context);
  return result.data;
}

uint64_t ConnectChecker::shared() const {
  if (source.population != target.population)
    return 0;
  uint64_t begin = std::max(source.begin, target.begin), end = std::min(source.end, target.end);
  return begin < end ? end - begin : 0;
}

bool ConnectChecker::checkSizes(llvm::SMRange range) {
  if (result.rule == ConnectRule::OneToOne && sourceSize() != targetSize())
    return report(DiagnosticCode::C3, range,
                  "`one_to_one` joins groups of equal size, and these have " + Twine(sourceSize()) + " and " +
                      Twine(targetSize()) + " neurons");
  // The neurons that one side offers to a neuron of the other; the scarcest case counts.
  double offered = 0;
  StringRef what;
  bool excludesSelf = !result.autapses && shared() > 0;
  switch (result.rule) {
  case ConnectRule::FixedIndegree:
    offered = double(sourceSize()) - excludesSelf;
    what = "sources";
    break;
  case ConnectRule::FixedOutdegree:
    offered = double(targetSize()) - excludesSelf;
    what = "targets";
    break;
  case ConnectRule::FixedTotal:
    offered = double(sourceSize()) * double(targetSize()) - (excludesSelf ? double(shared()) : 0);
    what = "pairs";
    break;
  default:
    return true;
  }
  bool impossible = result.multapses ? offered == 0 && number > 0 : number > offered;
  if (!impossible)
    return true;
  return report(DiagnosticCode::C3, result.number->range,
                "there are only " + formatQuantity(offered, {}) + " " + what + " to choose " +
                    formatQuantity(number, {}) + " from" + (result.multapses ? "" : " without `multapses`"));
}

std::optional<model::Connectivity> snn::checkConnect(const ast::ClauseStmt &clause, const model::Group &source,
                                                     const model::Group &target, const Scope &joined,
                                                     NetworkNames &names) {
  ConnectChecker checker(source, target, joined, names);
  if (!clause.value || !checker.check(*clause.value))
    return std::nullopt;
  return checker.result;
}
