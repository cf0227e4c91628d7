import type { ChannelInput } from '../../shared/contract/channel-input.ts';
import type { Finding } from '../../shared/kernel/failure.ts';
import { type Reach, refuse } from '../../shared/kernel/http.ts';

/**
 * What is wrong with the addresses of a channel, the agent's, the transcriber's and the provider's. Only https is allowed;
 * http and this machine only on the local runtime. The names are judged again each time they are
 * resolved: that is the guard, and this only tells the operator early.
 */
export function addressFaults(
  { agent, base_url, options }: Pick<ChannelInput, 'agent' | 'base_url' | 'options'>,
  reach: Reach,
): Finding[] {
  const agentFault = agent.url === null ? null : faultOf(agent.url, reach);
  const { transcription } = options;
  const speechFault = transcription ? faultOf(transcription.url, reach) : null;
  const baseFault = base_url === null ? null : (faultOf(base_url, reach) ?? queryFault(base_url));
  return [
    ...(agentFault ? [{ path: 'agent.url', detail: agentFault }] : []),
    ...(speechFault ? [{ path: 'options.transcription.url', detail: speechFault }] : []),
    ...(baseFault ? [{ path: 'base_url', detail: baseFault }] : []),
  ];
}

function faultOf(address: string, reach: Reach): string | null {
  // URL itself forgives blanks and line breaks; an operator who pasted them should be told.
  if (!URL.canParse(address) || /\s/.test(address)) return 'is not an address';
  const url = new URL(address);
  if (url.username || url.password) return 'must not hold credentials: use headers for them';
  if (url.hash) return 'must not have a fragment';
  return refuse(url, reach);
}

/** The provider's paths are appended to the base address, which a query would swallow. */
const queryFault = (address: string): string | null =>
  new URL(address).search ? 'must not have a query' : null;
