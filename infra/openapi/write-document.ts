// `npm run openapi`: writes infra/openapi.json. A test fails while it is stale.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeApi } from './describe-api.ts';

const FILE = join(import.meta.dirname, '../openapi.json');

writeFileSync(FILE, `${JSON.stringify(describeApi(), null, 2)}\n`);
