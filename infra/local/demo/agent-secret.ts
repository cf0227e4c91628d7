import { problemAnswer } from '../http/problem-answer.ts';
import type { HttpAnswer } from '../http/serve.ts';
import type { DemoChannel } from './demo-channel.ts';

/** The demo channel's agent secret as text, so that a command can give it to an agent. */
export const agentSecret = (demo: DemoChannel | null): HttpAnswer =>
  demo
    ? {
        status: 200,
        headers: { 'content-type': 'text/plain; charset=utf-8' },
        body: demo.agentSecret,
      }
    : problemAnswer(
        404,
        'channel-unknown',
        'There is no demo channel: npm start without --no-demo.',
      );
