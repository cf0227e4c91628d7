import type { InboundItem } from '../../contract/inbound-item.ts';
import type { LogFacts } from '../../kernel/log-facts.ts';

type Notice = Extract<InboundItem, { kind: 'notice' }>;
type Fact = string | number | boolean;

/** Something worth a log line and a count. Facts that are not there are left out. */
export const notice = (name: string, facts: LogFacts<Fact | null | undefined>): Notice => ({
  kind: 'notice',
  name,
  facts: Object.fromEntries(
    Object.entries(facts).filter((fact): fact is [string, Fact] => fact[1] != null),
  ),
});

/** A code, a status, a name of a template: never words, never a phone, a BSUID or a message id. */
const CODE = /^[A-Za-z][\w-]{0,127}$/;

/** The value as a fact for the log, if it is one of those. */
export function factOf(value: unknown): Fact | undefined {
  if (typeof value === 'string') return CODE.test(value) ? value : undefined;
  return typeof value === 'number' || typeof value === 'boolean' ? value : undefined;
}
