// Programs of one structure differ in the defaults of their settings and in nothing else: every number of every example is
// changed in turn, and where the structure stays the same, the program of the original with the values of the changed one must be
// the program of the changed one, byte for byte.

#include "compiler/Cache/SharedProgram.h"
#include "compiler/Compiler.h"
#include "frontend/Frontend.h"
#include "frontend/Structure.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Object/ObjectFile.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"

#include <gtest/gtest.h>

#include "snn/abi.h"

#include <filesystem>
#include <regex>

namespace snn {
namespace {

/// A text with everything that is made of it on the way to a program.
class Subject {
public:
  explicit Subject(const std::string &text) : result(loadText("model.snn", text, sources, diagnostics)) {}

  bool isRight() const { return result.model != nullptr; }
  const model::Experiment &experiment() const { return *result.model->experiments.front(); }
  model::Structure structure() const { return model::Structure(experiment()); }

  const CompiledObject &object() {
    if (!compiled) {
      std::unique_ptr<Compiler> compiler(snn_create_compiler());
      compiled = llvm::cantFail(compiler->compile(*result.model, experiment(), diagnostics, {}));
    }
    return *compiled;
  }

private:
  llvm::SourceMgr sources;
  Diagnostics diagnostics{sources};
  FrontendResult result;
  std::optional<CompiledObject> compiled;
};

/// All of an object but the table that holds the defaults.
std::map<std::string, std::string> codeOf(const CompiledObject &object) {
  llvm::StringRef bytes(object.bytes.data(), object.bytes.size());
  auto file = llvm::cantFail(llvm::object::ObjectFile::createObjectFile(llvm::MemoryBufferRef(bytes, "object")));
  std::map<std::string, std::string> sections;
  for (const llvm::object::SectionRef &section : file->sections()) {
    llvm::StringRef name = llvm::cantFail(section.getName());
    if (!name.starts_with(".data"))
      sections[name.str()] = llvm::cantFail(section.getContents()).str();
  }
  return sections;
}

/// The original's program, kept as a shared object.
class Kept {
public:
  explicit Kept(Subject &original) : origins(original.object().origins) {
    llvm::SmallString<128> made;
    EXPECT_FALSE(llvm::sys::fs::createTemporaryFile("snn", "so", made));
    path = made.str().str();
    llvm::cantFail(linkShared(path, original.object().bytes));
  }
  ~Kept() { llvm::sys::fs::remove(path); }

  std::unique_ptr<LoadedProgram> loadFor(const Subject &other) {
    return llvm::cantFail(loadShared(path, origins, other.experiment(), other.structure()));
  }

private:
  std::string path;
  Origins origins;
};

std::string show(const snn_setting &setting) {
  return std::string(setting.name) + " = " + std::to_string(llvm::bit_cast<uint64_t>(setting.value)) + " " + setting.unit;
}

/// Expects that `kept`, loaded for `changed`, is what `changed` compiles to.
void expectSameProgram(Kept &kept, Subject &original, Subject &changed) {
  EXPECT_EQ(codeOf(original.object()), codeOf(changed.object()));
  auto reused = kept.loadFor(changed);
  auto fresh = llvm::cantFail(loadObject(changed.object().bytes, {}));
  const snn_model &a = reused->model(), &b = fresh->model();
  EXPECT_EQ(a.seed, b.seed);
  ASSERT_EQ(a.n_settings, b.n_settings);
  for (uint32_t k = 0; k < a.n_settings; ++k)
    EXPECT_EQ(show(a.settings[k]), show(b.settings[k]));
}

struct Count {
  unsigned same = 0, different = 0;
};

/// Changes every number of `text` in turn.
Count changeEveryNumber(const std::string &text) {
  Count count;
  Subject original(text);
  EXPECT_TRUE(original.isRight());
  Kept kept(original);
  const std::regex number(R"((^|[^\w.])(\d+(\.\d+)?))");
  for (auto match = std::sregex_iterator(text.begin(), text.end(), number); match != std::sregex_iterator(); ++match) {
    size_t begin = match->position(2), length = match->length(2);
    if (text.rfind('#', begin) != std::string::npos && text.rfind('#', begin) > text.rfind('\n', begin) + 1)
      continue;
    // Another number with the same number of digits, so that a size stays above the slices of it.
    std::string other = match->str(2);
    other.back() = other.back() == '9' ? '8' : static_cast<char>(other.back() + 1);
    std::string changedText = std::string(text).replace(begin, length, other);
    Subject changed(changedText);
    if (!changed.isRight())
      continue;
    if (changed.structure().digest() != original.structure().digest()) {
      ++count.different;
      continue;
    }
    ++count.same;
    SCOPED_TRACE(match->str(2) + " -> " + other + " at byte " + std::to_string(begin));
    expectSameProgram(kept, original, changed);
  }
  return count;
}

std::string exampleText(const std::string &name) {
  auto buffer = llvm::MemoryBuffer::getFile(SNN_SOURCE_DIR "/examples/" + name);
  EXPECT_TRUE(bool(buffer)) << name;
  return buffer ? (*buffer)->getBuffer().str() : "";
}

class EveryExample : public ::testing::TestWithParam<std::string> {};

TEST_P(EveryExample, KeepsItsProgramWhenAValueChanges) {
  Count count = changeEveryNumber(exampleText(GetParam()));
  EXPECT_GE(count.same, 12u);
  EXPECT_GE(count.same, count.different) << "those of equations and of slices";
}

INSTANTIATE_TEST_SUITE_P(Structure, EveryExample,
                         ::testing::Values("coba.snn", "coba-brette.snn", "cobahh.snn", "cuba.snn"),
                         [](const auto &info) {
                           std::string name = info.param.substr(0, info.param.size() - 4);
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

/// What a network may say, in one file of every kind of number.
const char *const varied = R"(
neuron Cell {
    param tau = 20 ms
    param gain = 3 mV
    param E_L = -60 mV
    state V = E_L + 2 mV
    state w = 0 mV
    input I: mV
    V' = (E_L - V - w + 1.5 * I) / tau
    w' = -w / (4 * tau)
    spike when V > -50 mV { V = E_L;  w += gain }
}
network Net {
    population A = Cell[50] { tau ~ normal(20 ms, 2 ms) at least 5 ms }
    population B = Cell[40] { V = -70 mV + 0.1 mV * i;  gain = 1 mV * (1 + i)^2 }
    group Some = A[:30]
    project A -> B { connect bernoulli(0.2);  weight 0.3 mV * 2;  delay 1.5 ms;  synapse Expon(tau = 5 ms) }
    project B -> A { connect fixed_indegree(7);  weight ~ normal(0.2 mV, 0.1 mV);  delay ~ uniform(1 ms, 3 ms);  synapse Expon(tau = 4 ms) }
    project B -> B { connect all_to_all;  weight 0.3 mV;  synapse Expon(tau = 5 ms) }
}
simulate Net {
    dt 0.1 ms
    duration 100 ms
    seed 12
    A.I = 12 mV + 1 mV * sin(0.5 ms^-1 * t)
    record spikes of Some
    record V of A[:3] every 0.5 ms from 10 ms
}
)";

std::string replaced(std::string text, const std::string &from, const std::string &to) {
  size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

class OneEdit : public ::testing::Test {
protected:
  void expectSame(const std::string &from, const std::string &to) {
    SCOPED_TRACE(from + " -> " + to);
    Subject changed(replaced(varied, from, to));
    ASSERT_TRUE(changed.isRight());
    EXPECT_EQ(changed.structure().digest(), original.structure().digest());
    if (changed.structure().digest() == original.structure().digest())
      expectSameProgram(kept, original, changed);
  }
  void expectDifferent(const std::string &from, const std::string &to) {
    Subject changed(replaced(varied, from, to));
    ASSERT_TRUE(changed.isRight()) << to;
    EXPECT_NE(changed.structure().digest(), original.structure().digest()) << from << " -> " << to;
  }

  Subject original{varied};
  Kept kept{original};
};

TEST_F(OneEdit, OfAValueKeepsTheProgram) {
  ASSERT_TRUE(original.isRight());
  expectSame("param tau = 20 ms", "param tau = 10 ms");
  expectSame("param E_L = -60 mV", "param E_L = -65 mV");
  expectSame("state w = 0 mV", "state w = 1 mV");
  expectSame("Cell[50]", "Cell[60]");
  expectSame("normal(20 ms, 2 ms)", "normal(30 ms, 1 ms)");
  expectSame("at least 5 ms", "at least 1 ms");
  expectSame("V = -70 mV + 0.1 mV", "V = -71 mV + 0.2 mV");
  expectSame("1 mV * (1 + i)", "2 mV * (3 + i)");
  expectSame("bernoulli(0.2)", "bernoulli(0.3)");
  expectSame("0.3 mV * 2;", "-0.7 mV * 3;");
  expectSame("delay 1.5 ms", "delay 0.5 ms");
  expectSame("fixed_indegree(7)", "fixed_indegree(5)");
  expectSame("normal(0.2 mV, 0.1 mV)", "normal(0.5 mV, 0.3 mV)");
  expectSame("uniform(1 ms, 3 ms)", "uniform(2 ms, 3 ms)");
  expectSame("Expon(tau = 4 ms)", "Expon(tau = 3 ms)");
  expectSame("dt 0.1 ms", "dt 0.05 ms");
  expectSame("duration 100 ms", "duration 1 s");
  expectSame("seed 12", "seed 13");
  expectSame("12 mV + 1 mV", "10 mV + 3 mV");
  expectSame("every 0.5 ms from 10 ms", "every 1 ms from 0 ms");
  expectSame("network Net {", "network Net { # with a comment\n\n");
}

TEST_F(OneEdit, OfTheModelChangesTheProgram) {
  expectDifferent("(4 * tau)", "(5 * tau)");
  expectDifferent("1.5 * I", "2.5 * I");
  expectDifferent("V > -50 mV", "V > -51 mV");
  expectDifferent("V = E_L;", "V = E_L - 1 mV;");
  expectDifferent("w += gain", "w = gain");
  expectDifferent("state w =", "state z = 0 mV\n    state w =");
  expectDifferent("(1 + i)^2", "(1 + i)^3");
  expectDifferent("every 0.5 ms from 10 ms", "every 0.5 ms");
  expectDifferent("A[:3]", "A[:4]");
  expectDifferent("connect all_to_all", "connect one_to_one");
  expectDifferent("project B -> B", "project A -> A");
  expectDifferent("duration 100 ms", "duration 100 ms\n    precision f64");
  expectDifferent("sin(0.5", "cos(0.5");
}

TEST_F(OneEdit, ThatEndsOrBeginsTheSharingOfSynapsesChangesTheProgram) {
  // A -> B and B -> B share the states of their synapses as long as these decay alike.
  expectDifferent("synapse Expon(tau = 5 ms)", "synapse Expon(tau = 6 ms)");
}

} // namespace
} // namespace snn
