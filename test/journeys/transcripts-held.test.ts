// Voice notes that wait for one another in a channel that is held meanwhile.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BURSTS, burstsEnd } from '../support/bursts-end.ts';
import { type Journey, startJourney } from '../support/journey.ts';
import { openOperator } from '../support/journey-operator.ts';
import { meetVisitor } from '../support/journey-visitor.ts';
import { postTogether } from '../support/post-together.ts';
import { startTranscriberDouble, type TranscriberDouble } from '../support/transcriber-double.ts';
import { voiceNote } from '../support/voice-notes.ts';

let journey: Journey;
let transcriber: TranscriberDouble;
beforeAll(async () => {
  transcriber = await startTranscriberDouble();
  journey = await startJourney({
    tuning: { transcribeMs: 3_000 },
    channel: {
      options: {
        ...BURSTS,
        history_turns: 5,
        transcription: { url: transcriber.url, model: 'whisper-1' },
      },
    },
  });
});
afterAll(async () => {
  await journey.stop();
  await transcriber.stop();
});

test('they share the time of one turn, so a transcriber that hangs holds the chat up once', async () => {
  transcriber.answerWith(() => 'no-answer');
  const operator = openOperator(journey);
  const visitor = meetVisitor(journey);
  await postTogether(journey, async () => {
    for (let at = 0; at < 4; at++) await visitor.says(voiceNote(journey, 'a voice'));
  });
  await journey.runtime.logged(
    ({ message, messages }) => message === 'burst-waits' && messages === 4,
  );
  await operator.ask('POST', `/channels/${journey.channel.id}/hold`);
  await burstsEnd(journey);

  // Two are asked about at once; when their time is over, so is that of the others.
  expect(transcriber.heard).toHaveLength(2);
  const notes = (await journey.items('TURN#')).map(({ transcript_note }) => transcript_note);
  expect(notes).toMatchObject(Array(4).fill({ code: 'transcriber-timeout' }));
  expect(visitor.turns()).toEqual([]);
  await operator.ask('POST', `/channels/${journey.channel.id}/resume`);
  await visitor.says({ type: 'text', text: { body: 'Hello?' } }, ['ok']);
  await burstsEnd(journey);
  expect(visitor.turns()).toMatchObject([{ chat: { missed: 4 } }]);
});
