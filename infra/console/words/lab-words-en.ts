import type { Sentence } from './sentence.ts';

/** The words of what a person tries out: time that passes, faults, scenarios. */
export const labWordsEn = {
  'time.title': 'Time',
  'time.ahead': '{span} ahead',
  'time.now': 'Here it is {time}, {day}.',
  'time.hint': 'Let time pass: for every chat at once, and never back.',
  'time.pass': 'Let {span} pass',
  'time.hours': 'Hours',
  'time.hours.pass': 'hours pass',
} satisfies Record<string, Sentence>;
