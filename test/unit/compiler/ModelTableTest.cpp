// The description that a compiled program carries, read through the structs of snn/abi.h: what is misplaced reads wrong.

#include "Program.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

using namespace snn::test;

namespace {

const char *const source = R"(
network Pair {
    population A = LIFRef[100] { tau = 20 ms }
    population B = LIF[70]
    group Half = B[10:50]
    project A -> B {
        connect fixed_indegree(3, autapses = false)
        weight ~ normal(2 nA, 1 nA)
        delay 1.5 ms
        synapse Expon(tau = 5 ms)
    }
    project B -> A[:70].V { connect one_to_one;  weight 1 mV;  delay ~ uniform(1 ms, 2 ms) }
}
simulate Pair {
    dt 0.05 ms
    duration 250 ms
    seed 12345678901
    precision f64
    record spikes of Half
    record V of A[2:9] every 0.5 ms
}
)";

class ModelTable : public testing::Test {
protected:
  Program program{source};
  const snn_model &model = program.model();

  double setting(uint32_t index) const { return model.settings[index].value; }

  const snn_setting &setting(const std::string &name) const {
    for (uint32_t k = 0; k < model.n_settings; ++k)
      if (name == model.settings[k].name)
        return model.settings[k];
    throw std::runtime_error("no setting " + name);
  }
};

} // namespace

TEST_F(ModelTable, Experiment) {
  EXPECT_EQ(model.abi_version, SNN_ABI_VERSION);
  EXPECT_STREQ(model.network, "Pair");
  EXPECT_EQ(model.precision, SNN_F64);
  EXPECT_EQ(model.seed, 12345678901u);
  EXPECT_STREQ(model.settings[model.dt].name, "dt");
  EXPECT_EQ(setting(model.dt), 0.05);
  EXPECT_EQ(setting(model.duration), 250);
  for (auto function : {reinterpret_cast<void *>(model.prepare), reinterpret_cast<void *>(model.initialise),
                        reinterpret_cast<void *>(model.synapses), reinterpret_cast<void *>(model.run)})
    EXPECT_NE(function, nullptr);
}

TEST_F(ModelTable, Settings) {
  EXPECT_EQ(setting("A.tau").value, 20);
  EXPECT_STREQ(setting("A.tau").unit, "ms");
  EXPECT_EQ(setting("A.tau").scale, 1);
  EXPECT_EQ(setting("A.R").value, 1e-9); // an ohm in GOhm
  EXPECT_STREQ(setting("A.R").unit, "ohm");
  EXPECT_EQ(setting("A.R").scale, 1e-9);
}

TEST_F(ModelTable, Populations) {
  ASSERT_EQ(model.n_populations, 2u);
  const snn_population &a = model.populations[0], &b = model.populations[1];
  EXPECT_STREQ(a.name, "A");
  EXPECT_STREQ(a.model, "LIFRef");
  EXPECT_EQ(setting(a.size), 100);
  EXPECT_EQ(a.spikes_per_step, 1u);
  EXPECT_EQ(a.anonymous, 0);
  EXPECT_STREQ(b.name, "B");
  EXPECT_STREQ(b.model, "LIF");
  EXPECT_EQ(setting(b.size), 70);
  EXPECT_EQ(a.first_field, 0u);
  EXPECT_EQ(b.first_field, a.n_fields);
  EXPECT_EQ(model.n_fields, a.n_fields + b.n_fields);
  EXPECT_EQ(b.first_uniform, a.first_uniform + a.n_uniforms);
  EXPECT_EQ(model.n_uniforms, a.n_uniforms + b.n_uniforms);
}

TEST_F(ModelTable, Fields) {
  std::map<std::string, std::pair<int, int>> kinds; // type, kind
  for (const snn_population *p : {&model.populations[0], &model.populations[1]})
    for (uint32_t k = 0; k < p->n_fields; ++k)
      kinds[std::string(p->name) + "." + p->fields[k].name] = {p->fields[k].type, p->fields[k].kind};
  std::map<std::string, std::pair<int, int>> expected = {{"A.V", {SNN_F64, SNN_STATE}},
                                                         {"A.refractory.left", {SNN_U16, SNN_HOLD}},
                                                         {"A.V.jumps", {SNN_F64, SNN_ARRIVALS}},
                                                         {"B.V", {SNN_F64, SNN_STATE}},
                                                         {"B.Expon0.g", {SNN_F64, SNN_STATE}}};
  EXPECT_EQ(kinds, expected);
  const snn_population &b = model.populations[1];
  const snn_field &v =
      *std::find_if(b.fields, b.fields + b.n_fields, [](const snn_field &f) { return f.name == std::string("V"); });
  EXPECT_STREQ(v.unit, "mV");
  EXPECT_EQ(v.scale, 1);
}

TEST_F(ModelTable, Groups) {
  ASSERT_EQ(model.n_groups, 1u);
  EXPECT_STREQ(model.groups[0].name, "Half");
  EXPECT_EQ(model.groups[0].population, 1u);
  EXPECT_EQ(setting(model.groups[0].begin), 10);
  EXPECT_EQ(setting(model.groups[0].end), 50);
}

TEST_F(ModelTable, Projections) {
  ASSERT_EQ(model.n_projections, 2u);
  std::map<std::string, const snn_projection *> byName;
  for (uint32_t k = 0; k < model.n_projections; ++k)
    byName[model.projections[k].name] = &model.projections[k];
  ASSERT_TRUE(byName.contains("A -> B"));
  const snn_projection &p = *byName["A -> B"];
  EXPECT_EQ(p.source, 0u);
  EXPECT_EQ(p.target, 1u);
  EXPECT_EQ(setting(p.source_begin), 0);
  EXPECT_EQ(setting(p.source_end), 100);
  EXPECT_EQ(setting(p.target_begin), 0);
  EXPECT_EQ(setting(p.target_end), 70);
  EXPECT_EQ(p.rule, SNN_FIXED_INDEGREE);
  EXPECT_EQ(p.autapses, 0);
  EXPECT_EQ(p.multapses, 1);
  EXPECT_EQ(p.amount_stored, 1);
  EXPECT_EQ(p.delay_stored, 0);
  EXPECT_EQ(setting(p.number), 3);
  EXPECT_EQ(p.path, nullptr);
  EXPECT_STREQ(model.populations[1].fields[p.target_field].name, "Expon0.g");
  for (auto [name, q] : byName) {
    if (q == &p)
      continue;
    EXPECT_EQ(q->source, 1u);
    EXPECT_EQ(q->target, 0u);
    EXPECT_EQ(q->rule, SNN_ONE_TO_ONE);
    EXPECT_EQ(q->number, SNN_NONE);
    EXPECT_EQ(q->amount_stored, 0);
    EXPECT_EQ(q->delay_stored, 1);
    EXPECT_NE(q->stream, p.stream);
    EXPECT_STREQ(model.populations[0].fields[q->target_field].name, "V.jumps");
  }
}

TEST_F(ModelTable, Records) {
  ASSERT_EQ(model.n_records, 2u);
  const snn_record &spikes = model.records[0], &trace = model.records[1];
  EXPECT_STREQ(spikes.name, "spikes of Half");
  EXPECT_STREQ(spikes.variable, "");
  EXPECT_EQ(spikes.kind, SNN_RECORD_SPIKES);
  EXPECT_EQ(spikes.population, 1u);
  EXPECT_EQ(setting(spikes.begin), 10);
  EXPECT_EQ(setting(spikes.end), 50);
  EXPECT_EQ(spikes.field, SNN_NONE);
  EXPECT_EQ(spikes.every, SNN_NONE);
  EXPECT_EQ(spikes.from, SNN_NONE);
  EXPECT_STREQ(trace.name, "V of A[2:9]");
  EXPECT_STREQ(trace.variable, "V");
  EXPECT_EQ(trace.kind, SNN_RECORD_FIELD);
  EXPECT_EQ(trace.population, 0u);
  EXPECT_EQ(setting(trace.begin), 2);
  EXPECT_EQ(setting(trace.end), 9);
  EXPECT_STREQ(model.populations[0].fields[trace.field].name, "V");
  EXPECT_EQ(setting(trace.every), 0.5);
  EXPECT_EQ(trace.from, SNN_NONE);
}

TEST(ModelTableOfData, SaysWhichFieldFollowsWhichArray) {
  const Program program("network N { population A = LIFRef[100] }\nsimulate N {\n duration 1 ms\n"
                        " A[10:20].I += load(\"i.h5\", \"stimulus\", every = 0.5 ms, interpolation = linear, beyond = repeat)\n}\n");
  const snn_model &model = program.model();
  ASSERT_EQ(model.n_series, 1u);
  const snn_series &series = model.series[0];
  EXPECT_STREQ(series.drive, "A[10:20].I");
  EXPECT_EQ(series.population, 0u);
  EXPECT_EQ(model.settings[series.begin].value, 10);
  EXPECT_EQ(model.settings[series.end].value, 20);
  EXPECT_STREQ(series.array, "i.h5\nstimulus\npA\n");
  EXPECT_EQ(model.settings[series.every].value, 0.5);
  EXPECT_EQ(series.between, SNN_LINEAR);
  EXPECT_EQ(series.beyond, SNN_REPEAT);
  EXPECT_EQ(model.populations[0].fields[series.field].kind, SNN_SUPPLIED);
}

TEST(ModelTableOfPlaces, SaysHowFarPairsReach) {
  const Program program("network N {\n population A = LIFRef[16] { position in grid(4, 4, 50 um) periodic }\n"
                        " project A -> A.V { connect where distance < 80 um;  weight 1 mV normalised per target to 5 mV }\n"
                        " project A -> A.V { connect bernoulli(gaussian(distance, 80 um));  weight 1 mV }\n}\n"
                        "simulate N { duration 1 ms }\n");
  const snn_model &model = program.model();
  ASSERT_EQ(model.n_projections, 2u);
  EXPECT_EQ(model.projections[0].axes, 2u);
  EXPECT_EQ(model.projections[0].total, 1 + 2 * 2u); // behind the projections, and what is computed for their weights
  EXPECT_EQ(model.projections[1].axes, 0u);
  EXPECT_EQ(model.projections[1].total, 0u);
  for (uint32_t axis = 0; axis < 2; ++axis) {
    EXPECT_LT(model.projections[0].source_coordinate[axis], model.projections[0].n_source_values);
    EXPECT_LT(model.projections[0].target_coordinate[axis], model.projections[0].n_target_values);
    EXPECT_LT(model.projections[0].period[axis], model.projections[0].n_source_values);
  }
}
