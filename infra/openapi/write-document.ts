// `npm run openapi`: writes infra/openapi.json. A test fails while it is stale.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeEndpoints } from './describe-endpoints.ts';

const FILE = join(import.meta.dirname, '../openapi.json');

writeFileSync(FILE, `${JSON.stringify(describeEndpoints(), null, 2)}\n`);
