// `npm run openapi`: writes infra/openapi.json. A test fails while it is stale.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeDoors } from './describe-doors.ts';

const FILE = join(import.meta.dirname, '../openapi.json');

writeFileSync(FILE, `${JSON.stringify(describeDoors(), null, 2)}\n`);
