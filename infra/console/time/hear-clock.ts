import { call } from '../api/call.ts';
import { place } from '../shell/place.ts';
import { hearAhead } from './time-now.ts';

/** Asks the runtime of this machine how far it is ahead; a deployed stack never is. Throws `Refused`. */
export async function hearClock(): Promise<void> {
  if (place.value.kind !== 'local') return;
  hearAhead((await call<{ ahead_ms: number }>('GET', '/sandbox/clock')).body.ahead_ms);
}
