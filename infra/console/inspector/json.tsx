import type { VNode } from 'preact';

/** Keys, texts, and everything else that is a value of its own. */
const TOKENS = /("(?:[^"\\]|\\.)*"(?:\s?:)?|\b(?:true|false|null)\b|-?\d[\d.eE+-]*)/;

/** JSON as people read it. Its texts are shown, never run. */
export function Json({ value }: { value: unknown }) {
  const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <pre class="json" tabIndex={0}>
      {text.split(TOKENS).map((piece, at) => token(piece, at))}
    </pre>
  );
}

function token(piece: string, at: number): VNode | string {
  if (at % 2 === 0) return piece;
  const kind = piece.endsWith(':') ? 'key' : piece.startsWith('"') ? 'words' : 'value';
  return (
    <span key={at} class={kind}>
      {piece}
    </span>
  );
}
