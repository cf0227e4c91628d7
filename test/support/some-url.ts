import fc from 'fast-check';

/**
 * An address with anything that addresses may hold. `fc.webUrl` makes a table of all of Unicode
 * first, which takes longer than most tests.
 */
export const someUrl = fc.stringMatching(
  /^https?:\/\/[a-z\d]{1,9}(-[a-z\d]{1,9})?\.[a-z]{2,6}(:\d{2,4})?(\/([\w.~!$&'()*+,;=:@-]|%[\dA-F]{2}){0,8}){0,4}(\?([\w.~!$&'()*+,;=:@/?-]|%[\dA-F]{2}){1,12})?$/,
);
