import type { InterceptHook } from '../../infra/local/aws/intercept.ts';

/** The function dies before its n-th call to AWS: neither that call nor a later one is carried out. */
export function dieBeforeCall(nth: number): InterceptHook {
  let calls = 0;
  return ({ moment }) => {
    if (moment === 'before') calls += 1;
    return calls >= nth ? 'refuse' : 'pass';
  };
}
