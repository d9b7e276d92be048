#include "frontend/Optimizers.h"

using namespace snn;

static constexpr auto From = ParameterRange::From;

// The factors of averages, from 0 to less than 1.
static constexpr ParameterRange momentum = {"momentum", 0.9, 0, From, 1}, beta1 = {"beta1", 0.9, 0, From, 1},
                                beta2 = {"beta2", 0.999, 0, From, 1}, rho = {"rho", 0.99, 0, From, 1};
// What every optimizer has. The norm and the values of gradients are bounded where a bound is above 0.
static constexpr ParameterRange decay = {"weight_decay", 0, 0, From}, clipNorm = {"clip_norm", 0, 0, From},
                                clipValue = {"clip_value", 0, 0, From};

static constexpr ParameterRange rate(double standard) { return {"learning_rate", standard}; }
static constexpr ParameterRange epsilon(double standard) { return {"epsilon", standard}; }

static constexpr ParameterRange sgd[] = {rate(1e-3), {"momentum", 0, 0, From, 1}, decay, clipNorm, clipValue};
static constexpr ParameterRange withMomentum[] = {rate(1e-3), momentum, decay, clipNorm, clipValue};
static constexpr ParameterRange adagrad[] = {rate(1e-2), epsilon(1e-10), decay, clipNorm, clipValue};
static constexpr ParameterRange adadelta[] = {rate(1),  {"rho", 0.9, 0, From, 1}, epsilon(1e-6), decay, clipNorm,
                                              clipValue};
static constexpr ParameterRange rmsprop[] = {rate(1e-2), rho, epsilon(1e-8), decay, clipNorm, clipValue};
static constexpr ParameterRange adam[] = {rate(1e-3), beta1, beta2, epsilon(1e-8), decay, clipNorm, clipValue};
static constexpr ParameterRange adamw[] = {rate(1e-3), beta1,    beta2, epsilon(1e-8), {"weight_decay", 0.01, 0, From},
                                           clipNorm,   clipValue};
static constexpr ParameterRange adamax[] = {rate(2e-3), beta1, beta2, epsilon(1e-8), decay, clipNorm, clipValue};
static constexpr ParameterRange lion[] = {rate(1e-4), beta1, {"beta2", 0.99, 0, From, 1}, decay, clipNorm, clipValue};

static constexpr Parametrised methods[] = {
    {"sgd", sgd},
    {"momentum", withMomentum},
    {"nesterov", withMomentum},
    {"adagrad", adagrad},
    {"adadelta", adadelta},
    {"rmsprop", rmsprop},
    {"adam", adam},
    {"adamw", adamw},
    {"adamax", adamax},
    {"nadam", adamax},
    {"radam", adam},
    {"lion", lion},
};

llvm::ArrayRef<Parametrised> snn::optimizers() { return methods; }
