def build(b):
    neurons = b.NeuronGroup(10, """dv/dt = (v - v**3 / 3 - w + I) / ms : 1
                                   dw/dt = 0.08 * (v + 0.7 - 0.8 * w) / ms : 1
                                   I : 1""", threshold="v > 1", refractory="v > 1", method="rk4")
    neurons.v, neurons.I = -1, "0.4 + 0.05 * i"
    return [neurons], {"N": b.SpikeMonitor(neurons)}
