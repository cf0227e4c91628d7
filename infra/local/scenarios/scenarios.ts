// Keeps what a person did as a scenario, and does it again.

import { read } from '../../../shared/kernel/parse.ts';
import { percentDecoded } from '../../../shared/kernel/percent-decoded.ts';
import type { Clock } from '../clock/clock.ts';
import type { Dialog360Double } from '../dialog360/double.ts';
import { readable, refusal } from '../dialog360/play/play-answers.ts';
import type { Faults } from '../faults/faults.ts';
import { jsonIn } from '../http/json-in.ts';
import type { HttpAnswer, HttpAsk } from '../http/serve.ts';
import type { ChatNote } from '../inspector/trail.ts';
import { withPlaces } from './name-lines.ts';
import { Recorder } from './recorder.ts';
import { replayScenario, type Stage } from './replay-scenario.ts';
import { type Scenario, scenarioSchema } from './scenario.ts';
import { whatWasSeen } from './what-was-seen.ts';

/** What scenarios are made of and replayed with. */
interface World {
  /** Of the runtime, without a slash. */
  url: string;
  double: Dialog360Double;
  clock: Clock;
  faults: Faults;
  isIdle(): boolean;
  idle(): Promise<void>;
  settled(): Promise<void>;
  /** What a phone does not show. */
  notesOf(person: string): ChatNote[];
}

interface Place {
  token: string;
  person: string;
}

export class Scenarios {
  readonly #world: World;
  readonly #recorder: Recorder;

  constructor(world: World) {
    this.#world = world;
    const { double, clock, faults, isIdle } = world;
    const recorder = new Recorder(isIdle, clock.now);
    this.#recorder = recorder;
    clock.onPass((ms) => recorder.passed(ms));
    faults.onPress(({ fault, times }) =>
      times === 0 ? recorder.switchedOff(fault) : recorder.switchedOn(fault, times),
    );
    double.changes.on('played', ({ token, person, play }) =>
      recorder.played(play, { token, person }, double.account(token).chat(person).length),
    );
  }

  /**
   * `GET /{person}?token=…&title=…` is what that visitor did, as a file; `POST` does what a file says, and answers what
   * came out differently.
   */
  async answerTo(ask: HttpAsk): Promise<HttpAnswer> {
    const query = new URLSearchParams(ask.query);
    if (ask.method === 'GET') {
      const place = { token: query.get('token') ?? '', person: percentDecoded(ask.path.slice(1)) };
      return this.#file(place, query.get('title') ?? '');
    }
    if (ask.method !== 'POST') return refusal(405, 'Use GET or POST.');
    const scenario = read(scenarioSchema, jsonIn(ask.body));
    if (!scenario.ok) {
      const words = scenario.errors.map(({ path, detail }) => `${path || 'body'} ${detail}`);
      return refusal(422, `${words.join('; ')}.`, { errors: scenario.errors });
    }
    const token = query.get('token') ?? this.#onlyToken();
    if (token === null)
      return refusal(409, 'Say which channel it is for: ?token=, its 360dialog API key.');
    if (this.#recorder.isPaused) return refusal(409, 'Another scenario is being replayed.');
    this.#recorder.isPaused = true;
    try {
      return readable(await replayScenario(scenario.value, this.#stage(token)));
    } catch (error) {
      if (!(error instanceof NotPlayed)) throw error;
      return refusal(422, error.message);
    } finally {
      this.#recorder.isPaused = false;
    }
  }

  #file(place: Place, title: string): HttpAnswer {
    const recording = this.#recorder.of(place);
    if (!recording)
      return refusal(404, 'This visitor has done nothing since the runtime was started.');
    const { steps, at, lines: before } = recording;
    const lines = this.#linesOf(place).slice(before);
    const notes = this.#world.notesOf(place.person).filter((note) => note.at >= at);
    const scenario: Scenario = {
      scenario: 1,
      title: title || 'Scenario',
      ...(place.person.includes('.') && { without_phone: true }),
      steps: steps.map((step) =>
        step.visitor ? { ...step, visitor: withPlaces(step.visitor, lines) } : step,
      ),
      seen: whatWasSeen(lines, notes),
      ...(!this.#world.isIdle() && { waiting: true }),
    };
    const answer = readable(scenario) as { headers: Record<string, string> };
    const name = encodeURIComponent(`${fileName(title, /[^\p{L}\p{N}]+/gu)}.json`);
    // RFC 6266: the first for programs that read ASCII alone.
    const disposition = `attachment; filename="${fileName(title, /[^a-z0-9]+/g)}.json"; filename*=UTF-8''${name}`;
    return {
      ...(answer as HttpAnswer & object),
      headers: { ...answer.headers, 'content-disposition': disposition },
    };
  }

  #stage(token: string): Stage {
    const { url, clock, faults, idle, settled, notesOf } = this.#world;
    const linesOf = (person: string) => this.#linesOf({ token, person });
    return {
      clock,
      faults,
      idle,
      settled,
      linesOf,
      seenBy: (person) => whatWasSeen(linesOf(person), notesOf(person)),
      play: async (fields) => {
        const answer = await fetch(`${url}/sandbox/360dialog/play?wait=0`, {
          method: 'POST',
          body: JSON.stringify({ ...fields, token }),
        });
        const { detail } = (await answer.json()) as { detail?: string };
        if (!answer.ok)
          throw new NotPlayed(`${JSON.stringify(fields)} cannot be played: ${detail}`);
      },
    };
  }

  #linesOf = ({ token, person }: Place) => this.#world.double.account(token).chat(person);

  /** The number with a webhook, where there is one. */
  #onlyToken(): string | null {
    const [only, second] = [...this.#world.double.accounts.values()].filter(
      ({ webhook }) => webhook,
    );
    return only && !second ? only.key : null;
  }
}

/** A step of a file that does not go. */
class NotPlayed extends Error {}

const fileName = (title: string, others: RegExp): string =>
  title.toLowerCase().replaceAll(others, '-').replaceAll(/^-|-$/g, '').slice(0, 60) || 'scenario';
