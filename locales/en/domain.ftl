# Words: refusals, states, names of fields.
