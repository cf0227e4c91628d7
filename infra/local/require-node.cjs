// Loaded before any TypeScript, which an old Node cannot read. Node keeps what it has compiled, in the
// system's folder for temporary files: the next start takes a third of the time.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18) || (major === 23 && minor < 6)) {
  process.stderr.write(
    `This needs Node 22.18 or newer; this is ${process.versions.node}. See https://nodejs.org\n`,
  );
  process.exit(1);
}
require('node:module').enableCompileCache();
