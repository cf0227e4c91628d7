// `npm run check`: no regular expression of the product may take more than linear time, whatever it reads.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'oxc-parser';
import { isSafe } from 'redos-detector';

const ROOT = join(import.meta.dirname, '../..');

interface Pattern {
  file: string;
  line: number;
  /** Null: it is made at run time. */
  expression: RegExp | null;
}

const found = globSync('{functions,infra,shared}/**/*.ts', { cwd: ROOT }).flatMap(patternsIn);
const complaints = found.flatMap(complaintOf);
for (const complaint of complaints) console.error(complaint);
console.log(`${found.length} regular expressions looked at, ${complaints.length} complaints`);
if (complaints.length > 0) process.exitCode = 1;

function patternsIn(file: string): Pattern[] {
  const source = readFileSync(join(ROOT, file), 'utf8');
  const patterns: Pattern[] = [];
  const add = (start: number, expression: RegExp | null) => {
    const line = source.slice(0, start).split('\n').length;
    patterns.push({ file, line, expression });
  };
  visit(parseSync(file, source).program, (node) => {
    const { type, regex, callee, start } = node;
    if (type === 'Literal' && regex) add(start, new RegExp(regex.pattern, regex.flags));
    const isMade = type === 'NewExpression' || type === 'CallExpression';
    if (isMade && callee?.name === 'RegExp') add(start, null);
  });
  return patterns;
}

/** What is looked at of a node of the syntax tree. */
interface Node {
  type: string;
  start: number;
  regex?: { pattern: string; flags: string };
  callee?: { name?: string };
}

function visit(value: unknown, look: (node: Node) => void): void {
  if (typeof value !== 'object' || value === null) return;
  if ('type' in value) look(value as Node);
  for (const member of Object.values(value)) visit(member, look);
}

/** `infinite`: how often the pattern looks at the same sign again grows with the text. */
function complaintOf({ file, line, expression }: Pattern): string[] {
  if (!expression) {
    return [`${file}:${line} makes a pattern at run time, which nobody can look at before`];
  }
  const { safe, error } = isSafe(expression, { timeout: Number.POSITIVE_INFINITY });
  return safe ? [] : [`${file}:${line} ${expression} (${error}): its time may not be linear`];
}
