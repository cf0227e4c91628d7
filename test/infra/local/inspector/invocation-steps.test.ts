import { expect, test } from 'vitest';
import { watchInvocations } from '../../../../infra/local/inspector/invocation-steps.ts';
import { Trails } from '../../../../infra/local/inspector/trails.ts';

function open() {
  const trails = new Trails(() => {});
  const watch = watchInvocations(
    (sighting) => trails.put(sighting),
    () => 0,
  );
  const post = (body: object) => ({
    routeKey: 'POST /',
    requestContext: { http: { method: 'POST', path: '/' } },
    headers: {},
    body: JSON.stringify(body),
  });
  const job = (body: object) => ({
    Records: [
      {
        messageId: '1',
        eventSourceARN: 'arn:aws:sqs:eu-central-1:000000000000:some.fifo',
        attributes: { SentTimestamp: '0' },
        body: JSON.stringify(body),
      },
    ],
  });
  const answered = (body: object) => ({
    ok: true as const,
    value: { statusCode: 202, body: JSON.stringify(body) },
  });
  return { trails, watch, post, job, answered };
}

/** The rooms whose steps are on the way of this id. */
const roomsOn = (trails: Trails, id: string) =>
  trails
    .find(id)
    ?.steps.map(({ kind }) => kind)
    .filter((kind) => kind !== 'queue');

/** An agent was asked about `evt_1`; later somebody sends `rep_2` as a late reply to it. */
test.each([
  'the caller is answered before',
  'the caller is answered after',
])('a late reply goes the way of the event that it names, where %s the sender has it', (order) => {
  const { trails, watch, post, job, answered } = open();
  watch.begin('webhook', post({ messages: [{ id: 'wamid.A', from: '49170' }] }));
  watch.begin('worker', job({ item: { id: 'wamid.A' }, event_id: 'evt_1' }));

  const caller = watch.begin('requests', post({}));
  caller.note({ entry: { message: 'messages-accepted', trace_id: 'evt_1' } });
  const answer = () => caller.end(answered({ replies: [{ reply_id: 'rep_2' }] }));
  const send = () => {
    const sender = watch.begin('send', job({ reply_id: 'rep_2', turn_id: 'req_1' }));
    sender.note({ entry: { message: 'part-ended', trace_id: 'evt_1', reply_id: 'rep_2' } });
  };
  if (order.endsWith('before')) answer();
  send();
  if (order.endsWith('after')) answer();
  watch.begin('statuses', job({ reply_id: 'rep_2' }));

  const all = ['webhook', 'worker', 'endpoint', 'send', 'statuses'];
  expect(roomsOn(trails, 'evt_1')).toEqual(all);
  expect(roomsOn(trails, 'rep_2')).toEqual(all);
});

test('a reply that names no event has a way of its own', () => {
  const { trails, watch, post, job, answered } = open();
  const caller = watch.begin('requests', post({}));
  caller.note({ entry: { message: 'messages-accepted', trace_id: 'req_1' } });
  caller.end(answered({ replies: [{ reply_id: 'rep_1' }] }));
  watch.begin('send', job({ reply_id: 'rep_1', turn_id: 'req_1' }));
  expect(trails.all().map(({ id }) => id)).toEqual(['req_1']);
  expect(roomsOn(trails, 'rep_1')).toEqual(['endpoint', 'send']);
});
