import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Account } from './account.ts';
import type { Template } from './left-out.ts';

const ROOT = join(import.meta.dirname, '../..');
const NAME = 'dialog360-channel';

/** What `cdk synth` makes: the template, and the functions' bundles. */
export interface Assembly {
  template: Template;
  /** Uploads the bundles, each as the archive that the template names. */
  upload(account: Account, python: string): Promise<void>;
  /** Every bundle gets a line more, and with it another name, as after a change of the code. */
  change(): void;
  remove(): void;
}

export function synthesize(): Assembly {
  const folder = mkdtempSync(join(tmpdir(), 'rehearse-'));
  const cdk = join(ROOT, 'node_modules/aws-cdk/bin/cdk');
  execFileSync(process.execPath, [cdk, 'synth', '--quiet', '--output', folder], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'ignore'],
  });
  const bundles = readdirSync(folder).filter((file) => file.startsWith('asset.'));
  for (const bundle of bundles) gatherAnswers(join(folder, bundle, 'index.js'));
  const read = () => readFileSync(join(folder, `${NAME}.template.json`), 'utf8');
  let version = '';
  return {
    get template() {
      const text = bundles.reduce((all, bundle) => {
        const hash = bundle.slice('asset.'.length);
        return all.replaceAll(`${hash}.zip`, `${hash}${version}.zip`);
      }, read());
      return JSON.parse(text) as Template;
    },
    upload: async (account, python) => {
      for (const bundle of bundles) {
        const files = join(folder, bundle);
        const archive = join(folder, `${bundle}.zip`);
        execFileSync(python, ['-m', 'zipfile', '-c', archive, ...readdirSync(files)], {
          cwd: files,
        });
        await account.upload(`${bundle.slice('asset.'.length)}${version}.zip`, archive);
      }
    },
    change: () => {
      version = '-second';
      for (const bundle of bundles) appendFileSync(join(folder, bundle, 'index.js'), '\n//2');
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** What `left-out.ts` says of answers that stream. */
function gatherAnswers(file: string): void {
  const code = readFileSync(file, 'utf8');
  if (!code.includes('streamifyResponse')) return;
  const before = readFileSync(join(import.meta.dirname, 'gather-answer.cjs'), 'utf8');
  writeFileSync(file, `${before}\n${code}`);
}
