import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';

/** The service is the stack's name: POWERTOOLS_SERVICE_NAME, which its alarms look at. */
const metrics = new Metrics({ namespace: 'Dialog360Channel' });

/** Counts something an operator may want an alarm on. Names are kebab-case and stand in infra/RUNBOOK.md. */
export const count = (name: string, times = 1): void => {
  metrics.addMetric(name, MetricUnit.Count, times);
};

/** Writes what was counted: once, at the end of an invocation. */
export const flushMetrics = (): void => {
  if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
};
