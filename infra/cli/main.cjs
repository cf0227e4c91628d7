#!/usr/bin/env node
// What `npx dialog360-channel` runs. An old Node cannot even read TypeScript, so it is told first.
require('../local/require-node.cjs');
import('./main.ts');
