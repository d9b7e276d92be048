// What the library says about its models.

#include "frontend/Catalogue.h"

#include "frontend/Library.h"

#include "gtest/gtest.h"

using namespace snn;

TEST(Catalogue, SummaryIsTheFirstSentenceWithoutPublications) {
  EXPECT_EQ(summaryOf("Leaky neuron (Lapicque 1907; see\nBrunel 2007, doi:10.1/x(07)1). As `LIF`."), "Leaky neuron");
  EXPECT_EQ(summaryOf("Squid axon (Hodgkin 1952, doi:10.1/y), shifted\nto rest. More."), "Squid axon, shifted to rest");
  EXPECT_EQ(summaryOf("Rate (per neuron) of 0.5 Hz"), "Rate (per neuron) of 0.5 Hz");
  EXPECT_EQ(summaryOf(""), "");
}

TEST(Catalogue, DoisMayHaveBrackets) {
  EXPECT_EQ(doisIn("(Wang 2002, doi:10.1016/S0896-6273(02)01092-9). And doi:10.1/a: b; doi:10.2/c;"),
            (std::vector<std::string>{"10.1016/S0896-6273(02)01092-9", "10.1/a", "10.2/c"}));
  EXPECT_TRUE(doisIn("Lapicque 1907").empty());
}

TEST(Catalogue, EveryModelIsDescribed) {
  std::vector<CatalogueModel> models = readCatalogue();
  EXPECT_GE(models.size(), libraryFiles().size());
  for (const CatalogueModel &model : models) {
    EXPECT_FALSE(model.summary.empty()) << model.name;
    // On a terminal of the usual width a line of the list has room for this.
    EXPECT_LE(model.summary.size(), 100u) << model.name;
    for (const CatalogueVariable &variable : model.variables)
      EXPECT_FALSE(variable.dimension.empty()) << model.name << '.' << variable.name;
  }
}
