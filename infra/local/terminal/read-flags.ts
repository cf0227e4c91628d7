import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { refuse } from '../../../shared/kernel/http.ts';

/** The templates that are there if nothing is said. */
const SAMPLE_TEMPLATES = join(import.meta.dirname, '../dialog360/templates/sample-templates.json');

export interface Flags {
  port: number;
  data: string;
  demo: boolean;
  /** The agent of the demo channel. */
  agent: string | undefined;
  /** The file with the message templates of the double. */
  templates: string;
  verbose: boolean;
}

export const HELP = `Runs dialog360-channel whole on this machine.

  npm start -- [options]

  --port N          the port of everything, 3000 by default; 0 takes any free one
  --data WHERE      "memory" (the default), or a folder that outlives a restart
  --agent URL       your agent, such as http://localhost:8000: the demo channel asks it
                    instead of the demo agent
  --templates FILE  the message templates that the double of 360dialog has, as
                    GET /message_templates answers them
  --no-demo         start without the demo channel
  --verbose         show everything the functions log
  --help            show this

Examples
  npm start
  npm start -- --agent http://localhost:8000
  npm start -- --port 4000 --data .local/data
`;

/** The flags of `npm start`, or the sentence that says what is wrong with them. */
export function readFlags(args: string[]): Flags | 'help' | { wrong: string } {
  let values: ReturnType<typeof parse>;
  try {
    values = parse(args);
  } catch (error) {
    // Node's own sentence goes on with advice about positional arguments, of which there are none.
    return { wrong: String((error as Error).message).split(/\. /)[0] ?? '' };
  }
  if (values.help) return 'help';
  const port = Number(values.port);
  if (!/^\d+$/.test(values.port) || port > 65_535) {
    return { wrong: `--port must be a number from 0 to 65535, not "${values.port}"` };
  }
  if (values.data === '') return { wrong: '--data must be "memory" or a folder' };
  const { agent, data, demo, templates, verbose } = values;
  const fault = agent === undefined ? null : agentFault(agent);
  if (fault) return { wrong: fault };
  if (agent !== undefined && !demo)
    return { wrong: '--agent is for the demo channel: leave out --no-demo' };
  return { port, data, demo, agent, templates, verbose };
}

/** Why the demo channel could not ask this agent; null: it may. */
function agentFault(written: string): string | null {
  const url = URL.canParse(written) ? new URL(written) : null;
  if (!url || !/^https?:$/.test(url.protocol)) {
    return `--agent must be an address like http://localhost:8000, not "${written}"`;
  }
  const fault = refuse(url, 'local');
  return fault && `--agent ${written}: ${fault}. Over http an agent must be on this machine`;
}

const parse = (args: string[]) =>
  parseArgs({
    args,
    allowNegative: true,
    options: {
      port: { type: 'string', default: '3000' },
      data: { type: 'string', default: 'memory' },
      agent: { type: 'string' },
      demo: { type: 'boolean', default: true },
      templates: { type: 'string', default: SAMPLE_TEMPLATES },
      verbose: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  }).values;
