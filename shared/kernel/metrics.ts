import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';

/** The service is the stack's name: POWERTOOLS_SERVICE_NAME, which its alarms look at. */
const metrics = new Metrics({ namespace: 'Dialog360Channel' });

/** Counts something an operator may want an alarm on. Names are kebab-case and stand in infra/RUNBOOK.md. */
export const count = (name: string, times = 1): void => {
  metrics.addMetric(name, MetricUnit.Count, times);
};

/** Notes how long something took or how old it is. Names stand in infra/RUNBOOK.md, as those of `count`. */
export const measure = (
  name: string,
  value: number,
  unit: typeof MetricUnit.Milliseconds | typeof MetricUnit.Seconds,
): void => {
  metrics.addMetric(name, unit, value);
};

/** Writes what was counted: once, at the end of an invocation. */
export const flushMetrics = (): void => {
  if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
};
