import type { Pace } from './pair-limit.ts';

/**
 * 360dialog takes 25 uploads a second of one number (docs/360dialog.md#media). 20 in the long run and 5
 * at once are never more than 25 within any second.
 */
export const UPLOAD_LIMIT: Pace = { intervalMs: 50, burst: 5 };
