import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';

const metrics = new Metrics({ namespace: 'Dialog360Channel', serviceName: 'dialog360-channel' });

/** Counts something an operator may want an alarm on. Names are kebab-case and stand in the runbook. */
export const count = (name: string, times = 1): void => {
  metrics.addMetric(name, MetricUnit.Count, times);
};

/** Writes what was counted: once, at the end of an invocation. */
export const flushMetrics = (): void => {
  if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
};
