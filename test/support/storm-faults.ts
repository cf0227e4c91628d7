// What a storm does to the running product, to 360dialog and to the agent.
import { FUNCTIONS, type FunctionName } from '../../infra/functions.ts';
import type { TakenMessage } from '../../infra/local/dialog360/account.ts';
import { goAway } from '../../infra/local/dialog360/go-away.ts';
import { pause } from '../../infra/local/dialog360/webhook.ts';
import type { HttpAnswer } from '../../infra/local/http/serve.ts';
import type { TestRuntime } from './runtime.ts';
import type { AgentDouble } from './runtime-agent.ts';
import type { StormAside, StormLog, StormMessage } from './storm-count.ts';
import type { Dice } from './storm-dice.ts';

export interface Storm {
  /** The runtime of the moment: a storm may start it again. */
  live: { runtime: TestRuntime };
  agent: AgentDouble;
  all: StormMessage[];
  asides: StormAside[];
  log: StormLog;
  dice: Dice;
  /** Aborted when the storm is over. */
  over: AbortSignal;
  /** Whether the outcome of some requests can never be known: each of them takes 20 s. */
  unknowable: boolean;
}

/** Functions that work on messages; the others have nothing to do in a storm. */
const MORTAL = (Object.keys(FUNCTIONS) as FunctionName[]).filter((name) => name !== 'channels');

export function did({ log }: Pick<Storm, 'log'>, what: string): void {
  log.did[what] = (log.did[what] ?? 0) + 1;
}

/** The agent answers each message with its replies; while the storm lasts it sometimes fails first. */
export function troubleAgent(storm: Storm): { hang(ms: number): void } {
  const { agent, all, asides, dice, over } = storm;
  let hangsUntil = 0;
  agent.answerWith(async ({ event }) => {
    await pause(Math.max(hangsUntil - Date.now(), 0), over);
    const isRequest = 'request' in event;
    if (!('message' in event || isRequest)) return { replies: [] };
    const id = isRequest
      ? String((event.request.body as { name?: unknown }).name)
      : event.message.id;
    const luck = over.aborted ? 1 : dice('agent', id);
    if (luck < 0.04) return failed(storm, 'errors of the agent', { status: 500 });
    if (luck < 0.07) return failed(storm, 'cuts of the agent', 'reset');
    const asked = [...all, ...asides].find((one) => one.id === id);
    return { replies: (asked?.replies ?? []).map((text) => replyOf(storm, text)) };
  });
  return {
    hang: (ms) => {
      hangsUntil = Date.now() + ms;
    },
  };
}

/** A text, or now and then a picture with the text below it. */
function replyOf({ dice }: Storm, text: string): object {
  const isPicture = dice('picture', text) < 0.05;
  return isPicture
    ? {
        type: 'attachment',
        kind: 'image',
        url: 'https://shop.example/a.png',
        caption: text,
        id: text,
      }
    : { type: 'text', id: text, text };
}

function failed<Answer extends HttpAnswer>(storm: Storm, what: string, answer: Answer): Answer {
  did(storm, what);
  return answer;
}

/**
 * 360dialog takes every message, sometimes without an answer, and the storm tells the statuses itself: some twice,
 * some in another order, some that it failed after all, and of some messages none. Resolves when all are told.
 */
export function troubleProvider(storm: Storm): { attach(): void; told(): Promise<void> } {
  const { live, log, dice, unknowable } = storm;
  const telling = new Set<Promise<void>>();
  const still = new AbortController().signal;
  const tellOne = async (message: TakenMessage, status: 'sent' | 'delivered' | 'failed') => {
    await pause(5 + dice('status', message.request.text) * 50, still);
    for (;;) {
      const { dialog360 } = live.runtime;
      const errors = status === 'failed' ? [{ code: 131026, title: 'Undeliverable' }] : undefined;
      await dialog360.tellStatus(message, status, errors);
      if (!dialog360.stopped.aborted) return;
      await pause(50, still); // the runtime was started again meanwhile
    }
  };
  const tell = async (message: TakenMessage) => {
    const luck = dice('statuses', message.request.text);
    if (luck < 0.03) {
      did(storm, 'late failures');
      for (const status of ['sent', 'failed'] as const) await tellOne(message, status);
    } else if (luck < 0.1) {
      did(storm, 'statuses in another order, and twice');
      for (const status of ['delivered', 'sent', 'delivered'] as const) {
        await tellOne(message, status);
      }
    } else for (const status of ['sent', 'delivered'] as const) await tellOne(message, status);
  };
  const take = (message: TakenMessage): HttpAnswer | undefined => {
    const { text } = message.request;
    // Of a notification that nothing is told of, the result comes after ten minutes.
    const isSilent = unknowable && !text.startsWith('note_') && dice('silent', text) < 0.03;
    if (isSilent) log.silent.add(message.messageId);
    else {
      const told = tell(message).finally(() => telling.delete(told));
      telling.add(told);
    }
    const luck = dice('answer', text);
    if (luck < (isSilent ? 0.7 : 0.06)) {
      return failed(storm, isSilent ? 'cuts without a status' : 'cuts', 'reset');
    }
    return luck > 0.99 ? failed(storm, 'answers that never came', 'no-answer') : undefined;
  };
  return {
    attach: () => {
      live.runtime.dialog360.statuses.tell = [];
      live.runtime.dialog360.onSend(take);
    },
    told: async () => {
      while (telling.size > 0) await Promise.all(telling);
    },
  };
}

/** One call in ten of a function to AWS fails or is throttled. Returns the function that ends this. */
export function troubleAws(storm: Storm): () => void {
  const { live, dice } = storm;
  return live.runtime.intercept(({ caller, operation, moment }) => {
    if (caller === 'local') return 'pass';
    const luck = dice(moment, `${caller} ${operation}`);
    if (moment === 'after') {
      if (luck > 0.004) return 'pass';
      did(storm, 'answers of AWS that were lost');
      return 'fail';
    }
    if (luck > 0.1) return 'pass';
    did(storm, luck < 0.03 ? 'errors of AWS' : 'throttles of AWS');
    return luck < 0.03 ? 'fail' : 'throttle';
  });
}

/** A slow machine must not make a storm of another strength: one fault comes for so many messages. */
const MESSAGES_A_FAULT = 4;

/** Deaths and outages, one after the other, until the storm is over. */
export async function rage(storm: Storm, hang: (ms: number) => void): Promise<void> {
  const { live, log, dice, over, unknowable } = storm;
  for (let fault = 1; !over.aborted; fault++) {
    await pause(100 + dice('calm') * 400, over);
    while (log.offered.length < fault * MESSAGES_A_FAULT && !over.aborted) await pause(50, over);
    if (over.aborted) return;
    const luck = dice('fault');
    if (luck < 0.6) await killOne(storm);
    else if (luck < 0.75) {
      did(storm, 'times away');
      const comeBack = goAway(live.runtime.dialog360);
      await pause(500 + dice('away') * 3_000, over);
      comeBack();
    } else if (luck < 0.9) {
      did(storm, 'hangs of the agent');
      hang(500 + dice('hang') * 1_500);
    } else if (unknowable) {
      did(storm, '502 in HTML');
      live.runtime.dialog360.failNext(1, { status: 502, body: '<html>Bad gateway</html>' });
    }
  }
}

/** Whichever function is at work: an idle one has nothing to lose. */
async function killOne(storm: Storm): Promise<void> {
  const from = Math.floor(storm.dice('kill') * MORTAL.length);
  for (const name of [...MORTAL.slice(from), ...MORTAL.slice(0, from)]) {
    const killed = await storm.live.runtime.kill(name);
    if (killed.length === 0) continue;
    did(storm, `kills of ${name}`);
    return;
  }
}
