import { CopyButton } from '../shell/copy-button.tsx';
import { say } from '../words/translate.ts';

/** A whole agent that verifies the signature: Node.js and nothing else. */
const AGENT = `import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
const key = Buffer.from(process.env.AGENT_SECRET.replace('whsec_', ''), 'base64');
createServer(async (request, response) => {
  const body = Buffer.concat(await request.toArray());
  const { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': given = '' } = request.headers;
  const ours = createHmac('sha256', key).update(\`\${id}.\${at}.\`).update(body).digest('base64');
  if (!given.split(' ').includes(\`v1,\${ours}\`)) return response.writeHead(401).end();
  const { message } = JSON.parse(body);
  response.end(JSON.stringify({ replies: message ? [\`You wrote: \${message.text}\`] : [] }));
}).listen(8000, '127.0.0.1');
`;

/** The secret, shown this once, and the lines that make an agent. */
export function AgentSnippet({ secret }: { secret: string }) {
  const command = `AGENT_SECRET=${secret} node agent.mjs`;
  return (
    <div class="snippet">
      <h3>{say('agent.secret')}</h3>
      <p>{say('agent.secret.once')}</p>
      <code class="secret">{secret}</code>
      <CopyButton text={() => secret}>{say('agent.secret.copy')}</CopyButton>
      <h3>{say('agent.lines')}</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <pre class="json" tabIndex={0}>
        {AGENT}
      </pre>
      <CopyButton text={() => AGENT}>{say('agent.lines.copy')}</CopyButton>
      <p>{say('agent.run')}</p>
      <code class="secret">{command}</code>
      <CopyButton text={() => command}>{say('agent.run.copy')}</CopyButton>
    </div>
  );
}
