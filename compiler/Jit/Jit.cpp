// Loads an object into this process.

#include "compiler/Compiler.h"

#include "compiler/Jit/JitDump.h"

#include "llvm/ExecutionEngine/Orc/Debugging/DebuggerSupport.h"
#include "llvm/ExecutionEngine/Orc/LLJIT.h"
#include "llvm/Support/MemoryBuffer.h"

#include "snn/abi.h"

using namespace llvm;

namespace snn {
namespace {

class JitProgram : public LoadedProgram {
public:
  JitProgram(std::unique_ptr<orc::LLJIT> jit, std::unique_ptr<JitDump> dump, const snn_model *table)
      : jit(std::move(jit)), dump(std::move(dump)), table(table) {}
  const snn_model &model() const override { return *table; }

private:
  std::unique_ptr<orc::LLJIT> jit;
  std::unique_ptr<JitDump> dump; ///< null unless wanted
  const snn_model *table;
};

} // namespace

Expected<std::unique_ptr<LoadedProgram>> loadObject(ArrayRef<char> object, const CompileOptions &options) {
  auto jit = orc::LLJITBuilder().create();
  if (!jit)
    return jit.takeError();
  if (options.debugInfo)
    if (Error error = orc::enableDebuggerSupport(**jit))
      return error;
  auto buffer = MemoryBuffer::getMemBufferCopy(StringRef(object.data(), object.size()), "snn");
  if (Error error = (*jit)->addObjectFile(std::move(buffer)))
    return error;
  const char *symbol = "snn_query_model";
  auto query = (*jit)->lookup(symbol);
  if (!query)
    return query.takeError();
  std::unique_ptr<JitDump> dump;
  if (options.jitDump) {
    auto written = JitDump::write(object, symbol, query->getValue());
    if (!written)
      return written.takeError();
    dump = std::move(*written);
  }
  const snn_model *model = query->toPtr<const snn_model *(*)()>()();
  return std::make_unique<JitProgram>(std::move(*jit), std::move(dump), model);
}

} // namespace snn
