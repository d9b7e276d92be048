def build(b):
    neurons = b.NeuronGroup(20, """dv/dt = (drive - v - w) / (10*ms) : volt (unless refractory)
                                   dw/dt = -w / (100*ms) : volt
                                   drive : volt""",
                            threshold="v > 15*mV", reset="v -= 15*mV; w += 1*mV", refractory=3*b.ms, method="rk4")
    neurons.drive = "16*mV + 1.5*mV * i"
    return [neurons], {"N": b.SpikeMonitor(neurons)}
