// Looks on at everything the runtime does, and shows it to the console: what became of which message, and
// what happens now.
import { percentDecoded } from '../../../shared/kernel/percent-decoded.ts';
import type { Clock } from '../clock/clock.ts';
import type { Dialog360Double } from '../dialog360/double.ts';
import type { Faults } from '../faults/faults.ts';
import { problemAnswer } from '../http/problem-answer.ts';
import { type HttpAnswer, type HttpAsk, json } from '../http/serve.ts';
import type { InvocationWatch } from '../lambda/sandbox.ts';
import { agentStateIn } from './agent-state.ts';
import { watchInvocations } from './invocation-steps.ts';
import { LiveFeed } from './live-feed.ts';
import { Notes } from './notes.ts';
import type { AgentState, ChatNote, InspectorState, LiveEvent, Step, Trail } from './trail.ts';
import { keepStep, readTrails } from './trail-file.ts';
import { Trails } from './trails.ts';

export class Inspector {
  readonly watch: InvocationWatch;
  readonly #trails: Trails;
  readonly #feed = new LiveFeed();
  readonly #notes = new Notes((note) => this.#feed.send({ type: 'note', note }));
  readonly #agents = new Map<string, AgentState>();
  readonly #file: string | null;
  readonly #clock: Clock;
  #double: Dialog360Double | null = null;
  #faults: Faults | null = null;
  #isReading = true;

  /** `file`: where ways are kept over a restart; null forgets them. */
  constructor({ file, clock }: { file: string | null; clock: Clock }) {
    this.#file = file;
    this.#clock = clock;
    clock.onPass(() => this.#feed.send({ type: 'clock', ahead_ms: clock.aheadMs }));
    this.#trails = new Trails((trail, step) => this.#see(trail, step));
    if (file) readTrails(file, this.#trails);
    this.#isReading = false;
    this.watch = watchInvocations((sighting) => this.#trails.put(sighting), clock.now);
  }

  /** From now on it tells of each change of a chat and of the faults, too. */
  lookAt(double: Dialog360Double, faults: Faults): void {
    this.#double = double;
    this.#faults = faults;
    faults.onChange(() => this.#feed.send({ type: 'faults', faults: faults.list() }));
    double.changes.on('change', ({ token, person }) => {
      this.#feed.send({ type: 'chat', token, person });
    });
  }

  /** `GET events`, `state`, `trails/{id}` and `notes/{person}`, each below its mount. */
  answerTo(ask: HttpAsk): HttpAnswer {
    if (ask.method !== 'GET') return problemAnswer(405, 'method-not-allowed', 'Use GET.');
    if (ask.path === '/events') return this.#feed.answer(ask, this.#standing());
    if (ask.path === '/state') return json(200, this.#state());
    const person = ask.path.match(/^\/notes\/([^/]+)$/)?.[1];
    if (person) return json(200, { notes: this.#notes.of(percentDecoded(person)) });
    const id = ask.path.match(/^\/trails\/([^/]+)$/)?.[1];
    const trail = id === undefined ? null : this.#trails.find(percentDecoded(id));
    return trail ? json(200, trail) : problemAnswer(404, 'trail-unknown', 'No way has this id.');
  }

  /** What a visitor's phone does not show. */
  notesOf(person: string): ChatNote[] {
    return this.#notes.of(person);
  }

  stop(): void {
    this.#feed.stop();
  }

  /** What a page that begins to listen has not heard. */
  #standing(): LiveEvent[] {
    return [
      { type: 'clock', ahead_ms: this.#clock.aheadMs },
      { type: 'faults', faults: this.#faults?.list() ?? [] },
      ...[...this.#agents.values()].map((agent): LiveEvent => ({ type: 'agent', agent })),
    ];
  }

  #state(): InspectorState {
    const numbers = [...(this.#double?.accounts.values() ?? [])].flatMap(({ key, webhook }) => {
      const [, channel_id] = webhook?.url.match(/\/webhooks\/(ch_[0-9a-f]{20})\//) ?? [];
      return channel_id ? [{ channel_id, token: key }] : [];
    });
    const { aheadMs: ahead_ms } = this.#clock;
    return { now: this.#clock.now(), ahead_ms, numbers, agents: [...this.#agents.values()] };
  }

  #see(trail: Trail, step: Step): void {
    const { steps: _, ...head } = trail;
    this.#feed.send({ type: 'step', trail: head, step });
    const agent = agentStateIn(trail, step);
    if (agent && agent.at > (this.#agents.get(agent.channel_id)?.at ?? 0)) {
      this.#agents.set(agent.channel_id, agent);
      this.#feed.send({ type: 'agent', agent });
    }
    this.#notes.see(trail, step);
    if (this.#file && !this.#isReading && step.ended_at !== null) keepStep(this.#file, trail, step);
  }
}
