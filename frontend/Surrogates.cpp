#include "frontend/Surrogates.h"

using namespace snn;

static constexpr ParameterRange steep[] = {{"alpha", 4}}, plain[] = {{"alpha", 1}},
                                relu[] = {{"alpha", 0.3}, {"width", 1}}, gaussian[] = {{"sigma", 0.5}, {"alpha", 0.5}},
                                multiGaussian[] = {{"h", 0.15, 0, ParameterRange::From},
                                                   {"s", 6},
                                                   {"sigma", 0.5},
                                                   {"scale", 0.5}},
                                leakyRelu[] = {{"alpha", 0.1, 0, ParameterRange::From}, {"beta", 1}},
                                logTailedRelu[] = {{"alpha", 0, 0, ParameterRange::From}},
                                piecewiseLeakyRelu[] = {{"c", 0.01, 0, ParameterRange::From}, {"w", 1}},
                                squarewave[] = {{"n", 2, 1, ParameterRange::From}, {"t_period", 8}},
                                s2nn[] = {{"alpha", 4}, {"beta", 1}, {"epsilon", 1e-8}},
                                qPseudoSpike[] = {{"alpha", 2}}, inverseSquare[] = {{"alpha", 100}};

static constexpr Parametrised functions[] = {
    {"sigmoid", steep},
    {"piecewise_quadratic", plain},
    {"piecewise_exp", plain},
    {"soft_sign", plain},
    {"arctan", plain},
    {"nonzero_sign_log", plain},
    {"erf", plain},
    {"piecewise_leaky_relu", piecewiseLeakyRelu},
    {"squarewave_fourier_series", squarewave},
    {"s2nn", s2nn},
    {"q_pseudo_spike", qPseudoSpike},
    {"leaky_relu", leakyRelu},
    {"log_tailed_relu", logTailedRelu},
    {"relu", relu},
    {"gaussian", gaussian},
    {"multi_gaussian", multiGaussian},
    {"inv_square", inverseSquare},
    {"slayer", plain},
};

llvm::ArrayRef<Parametrised> snn::surrogateFunctions() { return functions; }
