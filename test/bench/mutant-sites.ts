import { parseSync } from 'oxc-parser';

/** One change of one operator or constant. */
export interface Mutant {
  file: string;
  line: number;
  /** What the source says there, and what it says instead. */
  from: string;
  to: string;
  start: number;
  end: number;
  /** The code that is the one or the other, as the switch has it (`mutant-switch.ts`). */
  render(id: number, inner: (start: number, end: number) => string): string;
}

/** What is read of a node of the syntax tree. */
interface Node {
  type: string;
  start: number;
  end: number;
  operator?: string;
  value?: unknown;
  left?: Node;
  right?: Node;
}

const OTHER: Record<string, string> = {
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
  '===': '!==',
  '!==': '===',
  '&&': '||',
  '||': '&&',
  '??': '&&',
};

/** Every change that `source` allows, in its order. */
export function mutantsIn(file: string, source: string): Mutant[] {
  const found: Mutant[] = [];
  visit(parseSync(file, source).program, (node) => {
    const { type, start, end, operator = '', value, left, right } = node;
    const line = source.slice(0, start).split('\n').length;
    if (type === 'Literal' && typeof value === 'boolean') {
      const render = (id: number) => `(globalThis.mutant.on(${id}) ? ${!value} : ${value})`;
      found.push({ file, line, from: `${value}`, to: `${!value}`, start, end, render });
    }
    const to = OTHER[operator];
    if (!to || !left || !right) return;
    const text = source.slice(start, end).replaceAll(/\s+/g, ' ');
    const say = (one: string) =>
      `${short(source.slice(left.start, left.end), 'end')} ${one} ${short(source.slice(right.start, right.end), 'start')}`;
    const isShort = text.length <= 60;
    const from = isShort ? text : say(operator);
    const render: Mutant['render'] = (id, inner) => {
      const [a, b] = [inner(left.start, left.end), inner(right.start, right.end)];
      // The left side is worked out once and kept, or the code would double with each operator of a chain.
      return (
        `(globalThis.mutant.keep(${a}), globalThis.mutant.on(${id})` +
        ` ? (globalThis.mutant.kept() ${to} (${b})) : (globalThis.mutant.kept() ${operator} (${b})))`
      );
    };
    found.push({ file, line, from, to: say(to), start, end, render });
  });
  return found;
}

/** The source with a switch at each of these places; `idOf` says which one turns it. */
export function withSwitches(
  source: string,
  mutants: Mutant[],
  idOf: (mutant: Mutant) => number,
): string {
  const render = (from: number, to: number): string => {
    const here = mutants.filter(({ start, end }) => from <= start && end <= to);
    const outer = here.filter((one) => !here.some((other) => other !== one && holds(other, one)));
    let text = '';
    let at = from;
    for (const one of outer.toSorted((a, b) => a.start - b.start)) {
      text += source.slice(at, one.start) + one.render(idOf(one), render);
      at = one.end;
    }
    return text + source.slice(at, to);
  };
  return render(0, source.length);
}

const holds = (outer: Mutant, inner: Mutant) =>
  outer.start <= inner.start && inner.end <= outer.end;

/** The part of one side that stands next to its operator. */
function short(text: string, side: 'start' | 'end'): string {
  const flat = text.replaceAll(/\s+/g, ' ');
  if (flat.length <= 28) return flat;
  return side === 'end' ? `…${flat.slice(-27)}` : `${flat.slice(0, 27)}…`;
}

/** Types have no operators that run, so they are left out. */
function visit(value: unknown, look: (node: Node) => void): void {
  if (typeof value !== 'object' || value === null) return;
  const { type } = value as { type?: unknown };
  if (typeof type === 'string') {
    if (/^TS(?!AsExpression|SatisfiesExpression|NonNullExpression)/.test(type)) return;
    look(value as Node);
  }
  for (const member of Object.values(value)) visit(member, look);
}
