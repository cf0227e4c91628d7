import { Failure } from '../../../shared/kernel/failure.ts';

/** Why a letter is not redriven, in a sentence. The letter stays. */
export const notRedrivable = (detail: string) => new Failure('not-redrivable', { detail });

export const atWork = () =>
  notRedrivable('Its job is at work. Look again in a few minutes: the letter stays if it fails.');

export const changedMeanwhile = () =>
  notRedrivable('What it is about changed in this moment. Look at the letter again.');
