import type { Finding } from '../../shared/kernel/failure.ts';

/** A problem document (RFC 9457) as the admin endpoints answer it. */
export interface Problem {
  title: string;
  status: number;
  code: string;
  detail: string;
  errors?: Finding[] | undefined;
}

/** How a command ends. */
export type Outcome =
  /** `json` is the endpoint's answer as it came, `text` the same in words for people. */
  | { kind: 'done'; json: unknown; text: string }
  /** Done, and something is left that a person has to solve: `check`, and what does several things. */
  | { kind: 'problems-found'; json: unknown; text: string }
  | { kind: 'refused'; problem: Problem }
  | { kind: 'wrong-usage'; sentence: string }
  | { kind: 'unreachable'; sentence: string }
  | { kind: 'interrupted' };

/** The exit codes, by which a shell script tells the outcomes apart. Printed by `--help`. */
export const EXIT_CODES: Record<Outcome['kind'], { code: number; means: string }> = {
  done: { code: 0, means: 'done; warnings do not change that' },
  refused: { code: 1, means: 'the endpoint refused, nothing was changed' },
  'wrong-usage': { code: 2, means: 'the command line is wrong' },
  unreachable: { code: 3, means: 'the endpoint was not reached, or could not answer: try again' },
  'problems-found': {
    code: 4,
    means: 'check found a problem, trace found nothing, or not all of several were done',
  },
  interrupted: { code: 130, means: 'you stopped it' },
};

/** The outcomes in which no endpoint was asked. */
export type NotAsked = Extract<Outcome, { kind: 'wrong-usage' | 'unreachable' }>;

export const wrongUsage = (sentence: string): NotAsked => ({
  kind: 'wrong-usage',
  sentence,
});

export const unreachable = (sentence: string): NotAsked => ({
  kind: 'unreachable',
  sentence,
});
