# In snnc a pulse comes before the threshold is tested, and can make the neuron fire in the same step. So ordered, Brian2 puts a spike into
# its queue one step later.
SCHEDULE = ["start", "groups", "synapses", "thresholds", "resets", "end"]


def build(b):
    cell = dict(model="dv/dt = (drive - v) / (20*ms) : volt (unless refractory)\ndrive : volt", threshold="v > 10*mV", reset="v = 0*mV",
                refractory=2*b.ms, method="exact")
    e, i = b.NeuronGroup(20, **cell), b.NeuronGroup(5, **cell)
    e.drive, i.drive = "12*mV + 0.2*mV * i", "8*mV"
    # What arrives in the refractory period is lost.
    to_i = b.Synapses(e, i, on_pre="v_post += 0.37*mV * int(not_refractory_post)", delay=1.4*b.ms)
    to_e = b.Synapses(i, e, on_pre="v_post -= 0.4*mV * int(not_refractory_post)", delay=0.7*b.ms)
    to_i.connect()
    to_e.connect()
    return [e, i, to_i, to_e], {"E": b.SpikeMonitor(e), "I": b.SpikeMonitor(i)}
