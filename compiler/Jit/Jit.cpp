#include "compiler/Jit/Jit.h"

#include "llvm/ExecutionEngine/Orc/LLJIT.h"
#include "llvm/Support/MemoryBuffer.h"

#include "snn/abi.h"

using namespace llvm;

namespace snn {
namespace {

class JitProgram : public LoadedProgram {
public:
  JitProgram(std::unique_ptr<orc::LLJIT> jit, const snn_model *table) : jit(std::move(jit)), table(table) {}
  const snn_model &model() const override { return *table; }

private:
  std::unique_ptr<orc::LLJIT> jit;
  const snn_model *table;
};

} // namespace

Expected<std::unique_ptr<LoadedProgram>> loadObject(ArrayRef<char> object) {
  auto jit = orc::LLJITBuilder().create();
  if (!jit)
    return jit.takeError();
  auto buffer = MemoryBuffer::getMemBufferCopy(StringRef(object.data(), object.size()), "snn");
  if (Error error = (*jit)->addObjectFile(std::move(buffer)))
    return error;
  auto query = (*jit)->lookup("snn_query_model");
  if (!query)
    return query.takeError();
  const snn_model *model = query->toPtr<const snn_model *(*)()>()();
  return std::make_unique<JitProgram>(std::move(*jit), model);
}

} // namespace snn
