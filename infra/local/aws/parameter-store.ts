import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { ACCOUNT, REGION } from './client-options.ts';

interface Version {
  value: string;
  type: string;
  /** Epoch seconds. */
  at: number;
}

/** An error as AWS spells it on the wire. */
export interface AwsError {
  __type: string;
  message: string;
}

/** The largest value of the standard tier, in characters (AWS Systems Manager quotas). */
const MAX_VALUE = 4096;
/** How many versions of a parameter are kept (the same page). */
const MAX_VERSIONS = 100;

/** The parameters of SSM's Parameter Store, with its answers and errors. */
export class ParameterStore {
  readonly #file: string | null;
  /** By name, then by version number. */
  readonly #parameters: Map<string, Map<number, Version>>;

  constructor(file: string | null) {
    this.#file = file;
    const kept = file && existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
    this.#parameters = new Map(
      (kept as [string, [number, Version][]][]).map(([name, versions]) => [
        name,
        new Map(versions),
      ]),
    );
  }

  /** One operation of the protocol. */
  call(operation: string, input: Record<string, unknown>): object | AwsError {
    const name = String(input.Name ?? '');
    if (operation === 'PutParameter') return this.#put(name, input);
    if (operation === 'GetParameter') return this.#get(name, input.WithDecryption === true);
    if (operation === 'DeleteParameter') return this.#delete(name);
    return error('UnknownOperationException', `${operation} is not part of this double`);
  }

  #put(name: string, input: Record<string, unknown>): object {
    const value = String(input.Value ?? '');
    const versions = this.#parameters.get(name);
    if (!value || value.length > MAX_VALUE) {
      return error('ValidationException', `A value has 1 to ${MAX_VALUE} characters.`);
    }
    if (versions && input.Overwrite !== true) {
      return error('ParameterAlreadyExists', 'The parameter already exists. Set Overwrite.');
    }
    const latest = latestOf(versions);
    const type = String(input.Type ?? versions?.get(latest)?.type ?? 'String');
    const next = new Map(versions).set(latest + 1, { value, type, at: Date.now() / 1000 });
    next.delete(latest + 1 - MAX_VERSIONS);
    this.#parameters.set(name, next);
    this.#keep();
    return { Version: latest + 1, Tier: 'Standard' };
  }

  #get(nameAndVersion: string, decrypt: boolean): object {
    const [name = '', selector] = nameAndVersion.split(':');
    const versions = this.#parameters.get(name);
    if (!versions) return error('ParameterNotFound', '');
    const number = selector === undefined ? latestOf(versions) : Number(selector);
    const version = versions.get(number);
    if (!version) return error('ParameterVersionNotFound', `There is no version ${selector}.`);
    return {
      Parameter: {
        Name: name,
        Type: version.type,
        // A caller that does not ask for decryption gets the ciphertext, as from AWS.
        Value: decrypt || version.type !== 'SecureString' ? version.value : 'AQICAHencrypted==',
        Version: number,
        ...(selector !== undefined && { Selector: `:${selector}` }),
        LastModifiedDate: version.at,
        ARN: `arn:aws:ssm:${REGION}:${ACCOUNT}:parameter/${name.replace(/^\//, '')}`,
        DataType: 'text',
      },
    };
  }

  #delete(name: string): object {
    if (!this.#parameters.delete(name)) return error('ParameterNotFound', '');
    this.#keep();
    return {};
  }

  #keep(): void {
    if (!this.#file) return;
    mkdirSync(dirname(this.#file), { recursive: true });
    const all = [...this.#parameters].map(([name, versions]) => [name, [...versions]]);
    // Written beside the old file and renamed: a process that dies in between leaves the old one
    // whole.
    writeFileSync(`${this.#file}.new`, JSON.stringify(all), { mode: 0o600 });
    renameSync(`${this.#file}.new`, this.#file);
  }
}

const latestOf = (versions: Map<number, Version> | undefined): number =>
  Math.max(0, ...(versions?.keys() ?? []));

const error = (type: string, message: string): AwsError => ({ __type: type, message });
