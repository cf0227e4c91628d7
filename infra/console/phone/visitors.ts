import { signal } from '@preact/signals';

/** A visitor one can be: by phone number, or by the BSUID of one who withholds it. */
export interface Visitor {
  /** Digits, or a BSUID. */
  person: string;
  name: string;
}

const KEY = 'console.visitors';
const NAMES = ['Anna', 'Boris', 'Chen', 'Daria', 'Emil', 'Farah', 'Goran', 'Hanna', 'Ilja', 'Jana'];
const ANNA: Visitor = { person: '491700000001', name: 'Anna' };

const kept = (): Visitor[] => {
  try {
    const read = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(read) && read.length > 0 ? read : [ANNA];
  } catch {
    return [ANNA]; // another program has written there
  }
};

/** The visitors of this browser, the newest last. */
export const visitors = signal<Visitor[]>(kept());

export const isBsuid = (person: string): boolean => person.includes('.');

/** Adds a visitor that is not known yet. */
export function remember(visitor: Visitor): void {
  if (visitors.value.some(({ person }) => person === visitor.person)) return;
  visitors.value = [...visitors.value, visitor];
  localStorage.setItem(KEY, JSON.stringify(visitors.value));
}

/** Invents a visitor. */
export function newVisitor({ withPhone }: { withPhone: boolean }): Visitor {
  const [digits = 0] = crypto.getRandomValues(new Uint32Array(1));
  const tail = String(digits).padStart(10, '0');
  const name = NAMES[visitors.value.length % NAMES.length] ?? 'Anna';
  const person = withPhone ? `49170${tail.slice(-7)}` : `DE.7${tail}${tail.slice(0, 5)}`;
  remember({ person, name });
  return { person, name };
}

/** `+49 170 0000001`, or the BSUID as it is. */
export const shownPerson = (person: string): string =>
  isBsuid(person) ? person : `+${person.slice(0, 2)} ${person.slice(2, 5)} ${person.slice(5)}`;
