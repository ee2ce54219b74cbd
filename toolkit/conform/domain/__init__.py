"""The words of the field: values, specs, models, traces, findings and reports; all frozen."""
