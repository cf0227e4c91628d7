import type { DoctorFinding } from '../../contract/channel-answer.ts';

/** Nothing is wrong with what was looked at. */
export const ok = (code: string, title: string, detail: string): DoctorFinding => ({
  code,
  level: 'ok',
  title,
  detail,
  cure: null,
});
/** Worth knowing; messages still go. */
export const note = (code: string, title: string, detail: string, cure: string): DoctorFinding => ({
  code,
  level: 'note',
  title,
  detail,
  cure,
});
/** Messages do not go, or not all of them. */
export const problem = (code: string, title: string, detail: string, cure: string) =>
  ({ ...note(code, title, detail, cure), level: 'problem' }) satisfies DoctorFinding;
