import type { DemoChannel } from './demo-channel.ts';

/** A ready-made command that plays a WhatsApp message. */
const playCommand = (url: string): string =>
  `curl ${url}/sandbox/360dialog/play -d '{"from":"491700000001","name":"Anna","text":"Hello"}'`;

/** What `npm start` prints when the runtime is up. */
export function welcome(url: string, demo: DemoChannel | null, kept: string | null): string {
  const facts: [string, string][] = [
    ['address', url],
    ['data', kept ?? 'in memory, gone when it stops (-- --data FOLDER keeps it)'],
    ...(demo
      ? ([
          ['demo channel', demo.channelId],
          ['its API key', demo.apiKey],
          ['its chat', `${url}/sandbox/360dialog/chats/491700000001`],
        ] satisfies [string, string][])
      : []),
  ];
  const width = Math.max(...facts.map(([name]) => name.length));
  const table = facts.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`);
  const next = demo
    ? ['  Play a WhatsApp message in another terminal:', '', `  ${playCommand(url)}`]
    : [
        `  There is no channel yet. Create one: POST ${url}/admin/channels`,
        `  Its base_url for the double of 360dialog: ${url}/sandbox/360dialog`,
      ];
  return ['', '  dialog360-channel is up', '', ...table, '', ...next, ''].join('\n');
}
