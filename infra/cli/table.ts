/** Rows as lines of text: each column as wide as its widest cell, two blanks between columns. */
export function table(rows: string[][], indent = ''): string {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, at) =>
    Math.max(...rows.map((row) => row[at]?.length ?? 0)),
  );
  return rows
    .map((row) => row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('  '))
    .map((line) => `${indent}${line}`.trimEnd())
    .join('\n');
}
