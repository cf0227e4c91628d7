import type { Part } from '../../contract/delivery.ts';
import { rankOf } from './delivery-progress.ts';

/** Whether the provider has taken the part, and it has not failed since. */
export const hasGone = (part: Part | undefined): boolean =>
  part !== undefined &&
  part.message_id !== null &&
  part.rank >= rankOf('accepted') &&
  part.rank < rankOf('failed');
