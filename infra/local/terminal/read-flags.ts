import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { refuse } from '../../../shared/kernel/http.ts';
import { optionFault } from '../../option-fault.ts';

/** The templates that are there if nothing is said. */
const SAMPLE_TEMPLATES = join(import.meta.dirname, '../dialog360/templates/sample-templates.json');

const OPTIONS = {
  port: { type: 'string', default: '3000' },
  data: { type: 'string', default: 'memory' },
  agent: { type: 'string' },
  demo: { type: 'boolean', default: true },
  templates: { type: 'string', default: SAMPLE_TEMPLATES },
  verbose: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;
/** As they are written. */
const NAMES = Object.keys(OPTIONS).map((name) => (name === 'demo' ? 'no-demo' : name));

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
    return { wrong: optionFault(error, NAMES) + forgottenDashes(error) };
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

/** npm keeps options for itself that do not follow two dashes, and hands over their values alone. */
const forgottenDashes = (error: unknown): string =>
  (error as { code?: string }).code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL'
    ? '. Options follow two dashes: npm start -- --agent http://localhost:8000'
    : '';

/** Why the demo channel could not ask this agent; null: it may. */
function agentFault(written: string): string | null {
  const url = URL.canParse(written) ? new URL(written) : null;
  if (!url || !/^https?:$/.test(url.protocol)) {
    return `--agent must be an address like http://localhost:8000, not "${written}"`;
  }
  const fault = refuse(url, 'local');
  return fault && `--agent ${written}: ${fault}. Over http an agent must be on this machine`;
}

const parse = (args: string[]) => parseArgs({ args, allowNegative: true, options: OPTIONS }).values;
