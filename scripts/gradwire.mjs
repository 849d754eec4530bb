#!/usr/bin/env node
// The command line's launcher: the program itself is a bundle that `npm run build` writes.
import { existsSync } from 'node:fs';

const program = new URL('../out/cli/gradwire.js', import.meta.url);

if (existsSync(program)) {
  await import(program.href);
} else {
  console.error('The command line is not built yet: run `npm run build` first.');
  process.exit(2);
}
