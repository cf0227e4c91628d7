import { expect, test } from 'vitest';
import { FUNCTIONS, type FunctionName } from '../../../infra/functions.ts';
import { tuned } from '../../../infra/local/tuning.ts';

test.each([
  { sandboxes: undefined, slots: '5' },
  { sandboxes: 3, slots: '3' },
])('each function that works on a queue knows its slots: with $sandboxes processes $slots', ({
  sandboxes,
  slots,
}) => {
  const { functions } = tuned(sandboxes === undefined ? {} : { sandboxes });
  for (const name of Object.keys(FUNCTIONS) as FunctionName[]) {
    const wanted = FUNCTIONS[name].trigger ? slots : undefined;
    expect(functions[name]?.environment.SLOTS, name).toBe(wanted);
  }
});
