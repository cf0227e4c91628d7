import type { Finding } from '../../shared/kernel/failure.ts';

/** A problem document (RFC 9457) as the admin endpoint answers it. */
export interface Problem {
  title: string;
  status: number;
  code: string;
  detail: string;
  errors?: Finding[] | undefined;
}

/** How a command ends. */
export type Outcome =
  /** `json` is the endpoint's answer as it came, `text` the same for people. */
  | { kind: 'done'; json: unknown; text: string }
  /** Done, and what it found needs somebody: only `check`. */
  | { kind: 'problems-found'; json: unknown; text: string }
  | { kind: 'refused'; problem: Problem }
  | { kind: 'wrong-usage'; sentence: string }
  | { kind: 'unreachable'; sentence: string }
  | { kind: 'interrupted' };

/** What a shell script can tell apart. Printed by `--help`. */
export const EXIT_CODES: Record<Outcome['kind'], { code: number; means: string }> = {
  done: { code: 0, means: 'done; warnings do not change that' },
  refused: { code: 1, means: 'the endpoint refused, nothing was changed' },
  'wrong-usage': { code: 2, means: 'the command line is wrong' },
  unreachable: { code: 3, means: 'the endpoint was not reached, or could not answer: try again' },
  'problems-found': { code: 4, means: 'check found a problem' },
  interrupted: { code: 130, means: 'you stopped it' },
};

/** Why nothing was asked at all. */
export type NotAsked = Extract<Outcome, { kind: 'wrong-usage' | 'unreachable' }>;

export const wrongUsage = (sentence: string): NotAsked => ({
  kind: 'wrong-usage',
  sentence,
});

export const unreachable = (sentence: string): NotAsked => ({
  kind: 'unreachable',
  sentence,
});
