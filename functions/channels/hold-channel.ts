import type { Channel, ChannelHold } from '../../shared/contract/channel.ts';
import type { ChannelAnswer } from '../../shared/contract/channel-answer.ts';
import { holdRequestSchema } from '../../shared/contract/hold-request.ts';
import { log } from '../../shared/kernel/log.ts';
import { parse } from '../../shared/kernel/parse.ts';
import { answerAbout } from './answer-about.ts';
import { changeChannel } from './change-channel.ts';
import type { ChannelRef } from './channel-ref.ts';
import type { ChannelsDeps } from './deps.ts';
import { newId } from './new-id.ts';

/**
 * PROTOCOLS 31.1: from now on the agent is asked nothing, and each visitor who writes is told `text`, once.
 * Throws `request-invalid`, `channel-unknown`, `version-conflict`.
 */
export async function holdChannel(
  deps: ChannelsDeps,
  ref: ChannelRef,
  body: unknown,
): Promise<ChannelAnswer> {
  const { text } = parse(holdRequestSchema, body);
  const id = newId('hold', deps);
  const answer = await change(deps, ref, ({ hold }) =>
    nextHold(hold, { id, text: text ?? null }, deps.now()),
  );
  log.info('channel-held', { channel_id: answer.channel.id });
  return answer;
}

/** The agent is asked again, from the next message on. Throws `channel-unknown`, `version-conflict`. */
export async function resumeChannel(deps: ChannelsDeps, ref: ChannelRef): Promise<ChannelAnswer> {
  const answer = await change(deps, ref, () => null);
  log.info('channel-resumed', { channel_id: answer.channel.id });
  return answer;
}

async function change(
  deps: ChannelsDeps,
  ref: ChannelRef,
  holdOf: (channel: Channel) => ChannelHold | null,
): Promise<ChannelAnswer> {
  const saved = await changeChannel(deps, ref, ({ channel, secrets }) => {
    const { hold: _, ...rest } = channel;
    const hold = holdOf(channel);
    const after = { channel: hold ? { ...rest, hold } : rest, secrets };
    return { after, askAgent: false, register: false };
  });
  return answerAbout(deps, saved);
}

/** Holding again changes the text alone: with another one each visitor is told once more. */
const nextHold = (
  held: ChannelHold | undefined,
  wanted: Pick<ChannelHold, 'id' | 'text'>,
  now: number,
): ChannelHold =>
  held && held.text === wanted.text ? held : { ...wanted, since: held?.since ?? now };
