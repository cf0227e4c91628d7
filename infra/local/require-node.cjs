// Loaded before any TypeScript, which an old Node cannot read.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18) || (major === 23 && minor < 6)) {
  process.stderr.write(
    `This needs Node 22.18 or newer; this is ${process.versions.node}. See https://nodejs.org\n`,
  );
  process.exit(1);
}
