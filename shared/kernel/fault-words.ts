import type * as core from 'zod/v4/core';

/** What zod says where a schema has no words of its own: it helps no caller. */
const SAYS_NOTHING = new Set(['', 'Invalid input']);

/** What a value has to be, in words for the caller: the schema's own, else from the kind of the fault. */
export const faultWords = (issue: core.$ZodIssue): string =>
  SAYS_NOTHING.has(issue.message) ? wordsOf(issue) : issue.message;

function wordsOf(issue: core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${KINDS[issue.expected] ?? 'of another kind'}`;
    case 'invalid_value':
      return issue.values.length === 1
        ? `must be ${String(issue.values[0])}`
        : `must be one of ${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return `must be ${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}${unitOf(issue.origin)}`;
    case 'too_big':
      return `must be ${issue.inclusive ? 'at most' : 'less than'} ${issue.maximum}${unitOf(issue.origin)}`;
    case 'invalid_union': {
      const ways = issue.errors.flatMap(([first]) => (first?.path.length === 0 ? [first] : []));
      const words = [...new Set(ways.map(faultWords))];
      return words.join(', or ') || 'must have another form';
    }
    default:
      return 'must have another form';
  }
}

const KINDS: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

const UNITS: Record<string, string> = { string: ' characters long', array: ' items long' };
const unitOf = (origin: string): string => UNITS[origin] ?? '';
