import { nearest } from '../shared/kernel/nearest.ts';

/**
 * What is wrong with a command line, from the error of `parseArgs`: in Node's words, and with the option
 * that was meant, of those that there are.
 */
export function optionFault(error: unknown, names: readonly string[]): string {
  // Node's own sentence goes on with advice about positional arguments.
  const [first = ''] = String((error as Error).message).split(/\.\s/);
  const [, valueless] = first.match(/^Option '(--[^']*)' argument is ambiguous/) ?? [];
  if (valueless !== undefined) {
    return `${valueless} needs a value; one that begins with a dash is written ${valueless}=-…`;
  }
  const [, unknown] = first.match(/^Unknown option '-+([^'-][^']*)'/) ?? [];
  return first + (unknown === undefined ? '' : meantBy(unknown, names, '--'));
}

/** What was meant, in brackets; nothing where no name is near. */
export function meantBy(written: string, names: readonly string[], before = ''): string {
  const meant = nearest(written, names);
  return meant === null ? '' : ` (did you mean ${before}${meant}?)`;
}
