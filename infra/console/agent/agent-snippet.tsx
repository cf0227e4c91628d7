import { CopyButton } from '../shell/copy-button.tsx';
import { say } from '../words/translate.ts';

/** A whole agent that verifies the signature: Node.js and nothing else. It listens where the channel asks. */
const agentAt = (port: string) => `import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
const key = Buffer.from(process.env.AGENT_SECRET.replace('whsec_', ''), 'base64');
createServer(async (request, response) => {
  const body = Buffer.concat(await request.toArray());
  const { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': given = '' } = request.headers;
  const ours = createHmac('sha256', key).update(\`\${id}.\${at}.\`).update(body).digest('base64');
  if (!given.split(' ').includes(\`v1,\${ours}\`)) return response.writeHead(401).end();
  const { message } = JSON.parse(body);
  response.end(JSON.stringify({ replies: message ? [\`You wrote: \${message.text}\`] : [] }));
}).listen(${port}, '127.0.0.1');
`;

/** Over http an agent is on this machine, and so at the port of its address; behind https any port will do. */
function portOf(url: string | null): string {
  const address = URL.parse(url ?? '');
  return address?.protocol === 'http:' ? address.port || '80' : '8000';
}

/** The secret, shown this once, and the lines that make the agent of this address. */
export function AgentSnippet({ secret, url }: { secret: string; url: string | null }) {
  const agent = agentAt(portOf(url));
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
        {agent}
      </pre>
      <CopyButton text={() => agent}>{say('agent.lines.copy')}</CopyButton>
      <p>{say('agent.run')}</p>
      <code class="secret">{command}</code>
      <CopyButton text={() => command}>{say('agent.run.copy')}</CopyButton>
    </div>
  );
}
