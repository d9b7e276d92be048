// Closes a loop: every millisecond the host reads the population's rate and sets the current that brings it to 20 Hz.

#include <snn/snn.hpp>

#include "driven.h"

#include <algorithm>
#include <cstdio>

int main() {
  snn::Simulation simulation(*snn_query_Driven());
  simulation.build();
  simulation.keepSpikes("N");
  snn::Span<float> current = simulation.state<float>("N.I"); // pA, where the program reads them

  const double target = 20; // Hz
  double rate = 0, integral = 0;
  for (int millisecond = 0; millisecond < 2000; ++millisecond) {
    simulation.run(1.0 * snn::milliseconds);
    double now = simulation.takeSpikes("N").size() / double(current.size()) * 1000;
    rate += (now - rate) / 50; // smoothed over 50 ms
    integral += target - rate;
    double drive = 80 + std::max(0.0, 2 * (target - rate) + 0.02 * integral);
    std::fill(current.begin(), current.end(), float(drive));
    if ((millisecond + 1) % 400 == 0)
      std::printf("%4d ms: %5.1f Hz at %5.1f pA\n", millisecond + 1, rate, drive);
  }
}
