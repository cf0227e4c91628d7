import { type HttpAnswer, type HttpAsk, json } from '../http/serve.ts';
import type { DemoChannel } from './demo-channel.ts';
import { playCommand } from './welcome.ts';

/** The page at `/`: what this is and what one can do here. */
export const page =
  (url: string, demo: DemoChannel | null) =>
  ({ method }: HttpAsk): HttpAnswer =>
    method === 'GET' || method === 'HEAD' ? html(url, demo) : json(404, { message: 'Not Found' });

const html = (url: string, demo: DemoChannel | null): HttpAnswer => ({
  status: 200,
  headers: {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
  },
  body: `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>dialog360-channel</title>
<style>
  :root { color-scheme: light dark; --line: color-mix(in srgb, CanvasText 15%, Canvas); }
  body { font: 16px/1.6 system-ui, sans-serif; max-width: 46rem; margin: 3rem auto; padding: 0 1rem }
  h1 { font-size: 1.5rem; margin-bottom: 0 } h2 { font-size: 1.05rem; margin-top: 2rem }
  pre { overflow-x: auto; padding: .8rem 1rem; border: 1px solid var(--line); border-radius: .5rem }
  dt { font-weight: 600 } dd { margin: 0 0 .6rem } code { font-size: .92em }
</style>
</head>
<body>
<h1>dialog360-channel</h1>
<p>An agent's WhatsApp channel through 360dialog, running whole on this machine: the handlers as they
are deployed, DynamoDB and SQS over their real protocols, and doubles of 360dialog and of an agent.</p>
<h2>Play a WhatsApp message</h2>
<pre><code>${escaped(playCommand(url))}</code></pre>
<p>The answer shows what the phone received; the terminal shows each step on the way.</p>
<h2>Look around</h2>
<dl>
${demo ? entry('Demo channel', link(`/admin/channels/${demo.channelId}`)) : ''}
${entry('All channels', link('/admin/channels'))}
${entry('The demo phone', link('/sandbox/360dialog/chats/491700000001'))}
${entry('Is everything up?', link('/healthz'))}
</dl>
<h2>Use your own agent</h2>
<p>Create a channel with <code>POST /admin/channels</code>. Its <code>agent.url</code> may be any address
of this machine; its <code>base_url</code> is <code>${escaped(url)}/sandbox/360dialog</code>, and its
<code>token</code> any word you like.</p>
</body>
</html>
`,
});

const entry = (name: string, value: string) => `<dt>${name}</dt><dd>${value}</dd>`;

const link = (path: string) => `<a href="${escaped(path)}"><code>${escaped(path)}</code></a>`;

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
