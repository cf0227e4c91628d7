let segmenter: Intl.Segmenter | undefined;

/**
 * What a person sees as one sign each, in any language (UAX #29). The segmenter is made with the first
 * text that needs it: its tables take 8 ms to load, and most messages are never cut.
 */
export function graphemesIn(text: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter('und', { granularity: 'grapheme' });
  return segmenter.segment(text);
}
