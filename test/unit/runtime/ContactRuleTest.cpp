#include "ContactRule.h"
#include "NpyFile.h"
#include "EdgeList.h"
#include "NpyWriter.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

using namespace snn::runtime;
using snn::test::writeNpy;

namespace {

/// A projection that needs no model.
struct Case {
  std::string name;
  uint8_t rule;
  double number = 0;
  bool autapses = true, multapses = true;
  Range source{100, 400}, target{50, 450}; ///< of one population, so autapses are possible
};

using Contact = std::tuple<uint32_t, uint32_t, uint64_t>; ///< pre, post, element

std::ostream &operator<<(std::ostream &out, const Case &c) { return out << c.name; }

class ContactRules : public testing::TestWithParam<Case> {};
class DrawnContactRules : public ContactRules {};

/// Holds what a `PlannedProjection` points to.
struct Planned {
  explicit Planned(const Case &c) : declared{}, planned{} {
    declared.name = "P -> P";
    declared.rule = c.rule;
    declared.autapses = c.autapses;
    declared.multapses = c.multapses;
    declared.stream = 17;
    planned.declared = &declared;
    planned.source = c.source;
    planned.target = c.target;
    planned.excludesSelf = !c.autapses;
    planned.probability = c.number;
    planned.number = uint64_t(c.number);
    if (c.rule != SNN_PAIRS)
      return;
    std::vector<uint32_t> pairs;
    for (uint32_t i = 0; i < 3000; ++i) // (k, 50 + k) is an autapse of these ranges; rows repeat after 1200
      pairs.insert(pairs.end(), {i % 300, (50 + i * (i % 7 == 0 ? 1 : 3)) % 400});
    file = std::make_unique<NpyFile>(writeNpy("pairs", {"<u4", "(3000, 2)"}, pairs));
    edges = std::make_unique<EdgeList>(*file, planned);
  }

  snn_projection declared;
  PlannedProjection planned;
  std::unique_ptr<NpyFile> file;
  std::unique_ptr<EdgeList> edges;
};

} // namespace

static std::vector<Contact> contactsOf(const Planned &p, Range window, uint64_t seed = 1) {
  auto rule = makeContactRule(p.planned, p.edges.get(), seed, window);
  Contacts columns;
  for (uint64_t part = 0; part < rule->parts(); ++part)
    rule->append(part, columns);
  EXPECT_LE(columns.size(), rule->mostContacts());
  std::vector<Contact> contacts;
  for (size_t i = 0; i < columns.size(); ++i)
    contacts.emplace_back(columns.pre[i], columns.post[i], columns.element[i]);
  return contacts;
}

static std::vector<Contact> allContacts(const Planned &p, uint64_t seed = 1) {
  return contactsOf(p, p.planned.target, seed);
}

TEST_P(ContactRules, DoNotDependOnTheWindows) {
  Planned p(GetParam());
  std::vector<Contact> whole = allContacts(p);
  std::sort(whole.begin(), whole.end());
  for (uint32_t workers : {2, 3, 5}) {
    std::vector<Contact> together;
    for (uint32_t w = 0; w < workers; ++w) {
      Range target = p.planned.target;
      Range window{target.begin + target.size() * w / workers, target.begin + target.size() * (w + 1) / workers};
      for (const Contact &contact : contactsOf(p, window)) {
        EXPECT_TRUE(window.contains(std::get<1>(contact)));
        together.push_back(contact);
      }
    }
    std::sort(together.begin(), together.end());
    EXPECT_EQ(together, whole) << workers << " windows";
  }
}

TEST_P(ContactRules, KeepTheirOrderInAWindow) {
  Planned p(GetParam());
  Range window{128, 300};
  std::vector<Contact> expected;
  for (const Contact &contact : allContacts(p))
    if (window.contains(std::get<1>(contact)))
      expected.push_back(contact);
  EXPECT_EQ(contactsOf(p, window), expected);
}

TEST_P(ContactRules, StayInTheirRangesAndNameEverySynapseOnce) {
  Planned p(GetParam());
  std::set<uint64_t> names;
  for (auto [pre, post, element] : allContacts(p)) {
    EXPECT_TRUE(p.planned.source.contains(pre));
    EXPECT_TRUE(p.planned.target.contains(post));
    EXPECT_TRUE(names.insert(element).second) << element;
  }
  EXPECT_FALSE(names.empty());
}

TEST_P(ContactRules, HonourAutapsesAndMultapses) {
  Planned p(GetParam());
  std::map<std::pair<uint32_t, uint32_t>, int> multiplicity;
  int self = 0, repeated = 0;
  for (auto [pre, post, element] : allContacts(p)) {
    self += pre == post;
    repeated += ++multiplicity[{pre, post}] == 2;
  }
  // These cases are dense enough to have both by chance, where they may.
  bool canRepeat = GetParam().rule >= SNN_FIXED_INDEGREE, canMeetItself = GetParam().rule != SNN_ONE_TO_ONE;
  EXPECT_EQ(self > 0, GetParam().autapses && canMeetItself);
  EXPECT_EQ(repeated > 0, GetParam().multapses && canRepeat);
}

TEST_P(ContactRules, HaveTheNumberTheyPromise) {
  const Case &c = GetParam();
  Planned p(c);
  std::vector<Contact> contacts = allContacts(p);
  double expected = expectedContacts(p.planned, p.edges.get());
  double tolerance = c.rule == SNN_BERNOULLI ? 5 * std::sqrt(expected) : 0;
  EXPECT_NEAR(double(contacts.size()), expected, tolerance);
  std::map<uint32_t, uint64_t> outdegree, indegree;
  for (auto [pre, post, element] : contacts) {
    ++outdegree[pre];
    ++indegree[post];
  }
  if (c.rule == SNN_FIXED_OUTDEGREE) {
    for (auto [source, degree] : outdegree)
      EXPECT_EQ(degree, c.number);
  }
  if (c.rule == SNN_FIXED_INDEGREE) {
    for (auto [target, degree] : indegree)
      EXPECT_EQ(degree, c.number);
  }
}

// Every allowed pair is as likely as any other: contacts per target and per source are binomial, whatever the rule
// fixes.
TEST_P(DrawnContactRules, TreatNeuronsAlike) {
  Planned p(GetParam());
  std::map<uint32_t, double> outdegree, indegree;
  double n = 0;
  for (uint64_t seed = 1; seed <= 20; ++seed)
    for (auto [pre, post, element] : allContacts(p, seed)) {
      ++outdegree[pre];
      ++indegree[post];
      ++n;
    }
  // Fewer pairs are allowed for a neuron that is on both sides: one in 300.
  auto checkEven = [&](const std::map<uint32_t, double> &degree, Range range) {
    double mean = n / range.size();
    for (uint32_t i = range.begin; i < range.end; ++i) {
      auto found = degree.find(i);
      EXPECT_NEAR(found == degree.end() ? 0 : found->second, mean, 6 * std::sqrt(mean) + mean / 300) << i;
    }
  };
  checkEven(outdegree, p.planned.source);
  checkEven(indegree, p.planned.target);
}

TEST_P(DrawnContactRules, ChangeWithTheSeed) {
  Planned p(GetParam());
  EXPECT_NE(allContacts(p, 1), allContacts(p, 2));
  EXPECT_EQ(allContacts(p, 1), allContacts(p, 1));
}

static const Case fixedCases[] = {{"OneToOne", SNN_ONE_TO_ONE, 0, true, true, {100, 400}, {50, 350}},
                                  {"AllToAll", SNN_ALL_TO_ALL},
                                  {"AllToAllNoAutapses", SNN_ALL_TO_ALL, 0, false, true},
                                  {"Pairs", SNN_PAIRS},
                                  {"PairsStrict", SNN_PAIRS, 0, false, false}};
static const Case drawnCases[] = {{"Bernoulli", SNN_BERNOULLI, 0.1},
                                  {"BernoulliNoAutapses", SNN_BERNOULLI, 0.3, false, true},
                                  {"Indegree", SNN_FIXED_INDEGREE, 40},
                                  {"IndegreeStrict", SNN_FIXED_INDEGREE, 40, false, false},
                                  {"IndegreeDense", SNN_FIXED_INDEGREE, 250, false, false},
                                  {"Outdegree", SNN_FIXED_OUTDEGREE, 40},
                                  {"OutdegreeStrict", SNN_FIXED_OUTDEGREE, 40, false, false},
                                  {"OutdegreeDense", SNN_FIXED_OUTDEGREE, 390, false, false},
                                  {"Total", SNN_FIXED_TOTAL, 20000},
                                  {"TotalNoAutapses", SNN_FIXED_TOTAL, 20000, false, true},
                                  {"TotalNoMultapses", SNN_FIXED_TOTAL, 20000, true, false},
                                  {"TotalStrict", SNN_FIXED_TOTAL, 100000, false, false}};
static std::string nameOf(const testing::TestParamInfo<Case> &info) { return info.param.name; }

INSTANTIATE_TEST_SUITE_P(Fixed, ContactRules, testing::ValuesIn(fixedCases), nameOf);
INSTANTIATE_TEST_SUITE_P(Drawn, ContactRules, testing::ValuesIn(drawnCases), nameOf);
INSTANTIATE_TEST_SUITE_P(Drawn, DrawnContactRules, testing::ValuesIn(drawnCases), nameOf);

TEST(ContactRule, OneToOneCanBeAllAutapses) {
  Planned with({"", SNN_ONE_TO_ONE, 0, true, true, {10, 20}, {10, 20}}),
      without({"", SNN_ONE_TO_ONE, 0, false, true, {10, 20}, {10, 20}});
  EXPECT_EQ(allContacts(with).size(), 10u);
  EXPECT_EQ(allContacts(without).size(), 0u);
}

TEST(ContactRule, BernoulliOfCertaintyAndOfNothing) {
  EXPECT_EQ(allContacts(Planned({"", SNN_BERNOULLI, 1, true, true})).size(), 300u * 400);
  EXPECT_EQ(allContacts(Planned({"", SNN_BERNOULLI, 0, true, true})).size(), 0u);
}

TEST(ContactRule, BernoulliOfATinyProbabilityKeepsItsMean) {
  Planned p({"", SNN_BERNOULLI, 1e-5, true, true, {0, 2000}, {0, 1000000}});
  double n = double(allContacts(p).size());
  EXPECT_NEAR(n, 20000, 5 * std::sqrt(20000.0));
}

TEST(ContactRule, FullDegreesJoinEverybody) {
  EXPECT_EQ(allContacts(Planned({"", SNN_FIXED_OUTDEGREE, 400, true, false})).size(), 300u * 400);
  EXPECT_EQ(allContacts(Planned({"", SNN_FIXED_TOTAL, 300 * 400, true, false})).size(), 300u * 400);
}

// In-degrees under a fixed total with repetition are binomial: their variance is n/T (1 - 1/T).
TEST(ContactRule, TotalSpreadsItsIndegrees) {
  Planned p({"", SNN_FIXED_TOTAL, 400000, true, true, {0, 1000}, {0, 4000}});
  std::vector<double> degree(4000);
  for (auto [pre, post, element] : allContacts(p))
    ++degree[post];
  double squares = 0;
  for (double d : degree)
    squares += (d - 100) * (d - 100);
  EXPECT_NEAR(squares / 4000, 100, 5 * 100 * std::sqrt(2.0 / 4000));
}
