def build(b):
    neurons = b.NeuronGroup(20, """dv/dt = (drive - v) / (10*ms) : volt
                                   dtheta/dt = (10*mV - theta) / (50*ms) : volt
                                   drive : volt""",
                            threshold="v > theta", reset="v = 0*mV; theta += 3*mV", method="exact")
    neurons.drive = "12*mV + 1*mV * i"
    neurons.theta = "10*mV"
    return [neurons], {"N": b.SpikeMonitor(neurons)}
