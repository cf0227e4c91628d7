import { beforeEach, expect, test } from 'vitest';
import type { Play } from '../../../../infra/local/dialog360/play/play-schema.ts';
import { Recorder } from '../../../../infra/local/scenarios/recorder.ts';

const anna = { token: 'key-1', person: '491700000001' };
const bert = { token: 'key-1', person: '491700000002' };

let rests: boolean;
let recorder: Recorder;
beforeEach(() => {
  rests = true;
  recorder = new Recorder(
    () => rests,
    () => 1_000,
  );
});

const play = (more: object) =>
  ({ name: 'Anna', payload: 'v2', from: '1', token: 't', ...more }) as Play;
const stepsOf = (place: typeof anna) => recorder.of(place)?.steps;

test('what a visitor did is kept without who it was, in its order, with the time that passed in between', () => {
  recorder.played(play({ text: 'one' }), anna, 4);
  recorder.passed(90_000);
  recorder.played(play({ text: 'two', quote: 'last' }), anna, 6);
  recorder.passed(48 * 3_600_000);
  expect(recorder.of(anna)).toEqual({
    steps: [
      { visitor: { text: 'one' } },
      { pass: { seconds: 90 } },
      { visitor: { text: 'two', quote: 'last' } },
      { pass: { days: 2 } },
    ],
    at: 1_000,
    lines: 4,
  });
});

test('what another visitor did is left out, and so is the time before', () => {
  recorder.passed(60_000);
  recorder.switchedOn('agent-down', 1);
  recorder.played(play({ text: 'of Bert' }), bert, 0);
  recorder.switchedOn('agent-slow', null);
  recorder.passed(60_000);
  recorder.played(play({ text: 'of Anna' }), anna, 0);
  recorder.played(play({ text: 'of Bert' }), bert, 0);
  recorder.switchedOff('agent-slow');
  expect(stepsOf(anna)).toEqual([
    { fault: 'agent-slow', times: null },
    { visitor: { text: 'of Anna' } },
    { off: 'agent-slow' },
  ]);
  expect(recorder.of({ ...anna, token: 'key-2' })).toBe(null);
});

test('a step says whether something still waited when it was done', () => {
  recorder.played(play({ text: 'one' }), anna, 0);
  rests = false;
  recorder.passed(60_000);
  expect(stepsOf(anna)).toEqual([
    { visitor: { text: 'one' } },
    { pass: { minutes: 1 }, waiting: true },
  ]);
});

test('nothing is kept of what a replay does', () => {
  recorder.isPaused = true;
  recorder.played(play({ text: 'one' }), anna, 0);
  expect(recorder.of(anna)).toBe(null);
});
