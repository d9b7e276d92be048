// Syntax of a `simulate` -> `model::Experiment`.

#ifndef SNN_FRONTEND_CHECKEXPERIMENT_H
#define SNN_FRONTEND_CHECKEXPERIMENT_H

#include "frontend/CheckNetwork.h"

namespace snn {

class ExperimentChecker {
public:
  ExperimentChecker(DefinitionTable &definitions, NetworkNames &names, const ast::ExperimentStmt &syntax,
                    model::Experiment &experiment);
  void run();

private:
  // CheckExperiment.cpp
  void checkOption(const ast::OptionStmt &option);
  /// A time known before the run, in ms.
  std::optional<double> checkTime(const ast::Expr &expr, const llvm::Twine &what);
  void checkPrecision(const ast::OptionStmt &option);
  void checkSeed(const ast::OptionStmt &option);
  void checkTimeGrid();

  // CheckDrive.cpp
  void checkDrive(const ast::AssignmentStmt &assignment);
  void driveGroup(const model::Group &group, const ast::Name &name, const ast::AssignmentStmt &assignment);
  void leaveToHost(const model::Group &group, const model::Variable &variable, const ast::AssignmentStmt &assignment);
  void checkOverlap(const model::Drive &drive);

  // CheckRecord.cpp
  void checkRecord(const ast::RecordStmt &record);
  void recordOfGroup(const ast::RecordStmt &record, const ast::Name &what, const model::Group &group);
  void recordOfProjection(const ast::RecordStmt &syntax, const ast::Name &what, const model::Projection &projection,
                          const ast::IndexExpr *synapses);
  void recordWeights(const ast::RecordStmt &syntax, const model::Projection &projection, const ast::IndexExpr *synapses);
  bool checkRecordTimes(const ast::RecordStmt &record);

  CheckContext &context;
  DefinitionTable &definitions;
  NetworkNames &names;
  const ast::ExperimentStmt &syntax;
  model::Experiment &experiment;
  LocalLets lets;
  ScopeList scopes;    ///< the experiment's lets, then the names of the network
  bool dtKnown = true; ///< false: given, but in error
  const ast::Expr *durationSyntax = nullptr;
  const model::Expr *every = nullptr, *from = nullptr; ///< of the record being checked
};

/// True if `time` is a multiple of `dt` up to the rounding of decimal literals.
bool isMultipleOf(double time, double dt);

} // namespace snn

#endif // SNN_FRONTEND_CHECKEXPERIMENT_H
