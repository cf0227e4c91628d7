import type { AfterRefusal, Part } from '../contract/delivery.ts';

/**
 * What a failure that comes after the acceptance asks for: the part once more, its way out instead,
 * or (null) nothing, the failure is final. Once and no more: product.md S12, B11.
 */
export function afterLateFailure(part: Part, next: AfterRefusal): { as?: 'fallback' } | null {
  if (part.generation === 1) return null;
  if (next === 'media') return part.has_fallback && !part.as ? { as: 'fallback' } : null;
  return next === 'retry' || next === 'retry-few' ? {} : null;
}
