#!/usr/bin/env node
// What `npx dialog360-channel` runs. An old Node cannot read TypeScript, so its version is checked first.
require('../local/require-node.cjs');
import('./main.ts');
