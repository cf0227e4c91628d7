/** The types in which gateways answer errors. */
const PAGES = ['text/html', 'application/json', 'application/problem+json'];

/** Whether what came is a gateway's page and not the file, whose type is known to be another. */
export function isAnotherType(came: string | undefined, expected: string | null): boolean {
  if (came === undefined || expected === null) return false;
  return PAGES.includes(bareType(came)) && bareType(came) !== bareType(expected);
}

/** A media type without its parameters. */
export const bareType = (word: string): string => word.split(';')[0]?.trim().toLowerCase() ?? '';
