import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

export interface Golden {
  name: string;
  input: unknown;
  /** Where the expected output lives, for `toMatchFileSnapshot`. */
  output: string;
}

const test = join(import.meta.dirname, '..');

/**
 * Every JSON file of a folder under `test/`, paired with the `<name>.out.json` it must produce in
 * another.
 */
export function goldens(inputs: string, outputs: string): Golden[] {
  return readdirSync(join(test, inputs))
    .filter((file) => file.endsWith('.json') && !file.endsWith('.out.json'))
    .sort()
    .map((file) => {
      const name = basename(file, '.json').replace(/\.in$/, '');
      return {
        name,
        input: JSON.parse(readFileSync(join(test, inputs, file), 'utf8')),
        output: join(test, outputs, `${name}.out.json`),
      };
    });
}

export const pretty = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
