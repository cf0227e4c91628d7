import { afterAll, beforeAll, expect, test } from 'vitest';
import { readLambdaLimit } from '../../../functions/channels/read-lambda-limit.ts';
import { type Listening, listenOnLoopback } from '../../../infra/local/http/listen-on-loopback.ts';
import { type HttpAnswer, type HttpAsk, json, serve } from '../../../infra/local/http/serve.ts';
import { signatureFault } from '../../support/aws-signature.ts';

const CREDENTIALS = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  sessionToken: 'session/token+of=the role',
};
const SCOPE = { service: 'lambda', region: 'eu-central-1' };

let lambda: Listening;
let answerTo: (ask: HttpAsk) => HttpAnswer;
beforeAll(async () => {
  lambda = await listenOnLoopback(serve((ask) => answerTo(ask)));
});
afterAll(() => lambda.close());

const read = (credentials = CREDENTIALS) =>
  readLambdaLimit({
    region: SCOPE.region,
    credentials,
    reach: 'local',
    timeoutMs: 300,
    endpoint: `http://127.0.0.1:${lambda.port}`,
  });

test('the account’s limit is asked for with a signature that AWS accepts', async () => {
  const asked: string[] = [];
  answerTo = (ask) => {
    asked.push(`${ask.method} ${ask.path}`);
    const fault = signatureFault(ask, CREDENTIALS, SCOPE);
    return fault
      ? json(403, { message: fault })
      : json(200, { AccountLimit: { ConcurrentExecutions: 10, CodeSizeZipped: 1 } });
  };
  expect(await read()).toBe(10);
  expect(asked).toEqual(['GET /2016-08-19/account-settings/']);
  expect(await read({ ...CREDENTIALS, secretAccessKey: 'another' })).toBeNull();
});

// biome-ignore format: a table reads by column
const troubles: { when: string; answer: HttpAnswer }[] = [
  { when: 'the role may not ask',          answer: json(403, { Message: 'not authorized' }) },
  { when: 'the answer lacks the number',   answer: json(200, { AccountLimit: {} }) },
  { when: 'the answer is not JSON',        answer: { status: 200, body: '<html>' } },
  { when: 'no answer comes in time',       answer: 'no-answer' },
  { when: 'the connection breaks',         answer: 'reset' },
];

test.each(troubles)('when $when the limit is unknown, and nothing is thrown', async ({
  answer,
}) => {
  answerTo = () => answer;
  expect(await read()).toBeNull();
});
