// `npm run typecheck`: each part of the project against the globals it really has.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { bin } from './lib/run.mjs';

const programs = [
  'src/tsconfig.json',
  'tsconfig.json',
  'tsconfig.preload.json',
  'renderer/tsconfig.json',
  'tests/tsconfig.json',
  'scripts/tsconfig.json',
];

let failed = false;
for (const program of programs) {
  if (!existsSync(program)) continue;
  const { status } = spawnSync(process.execPath, [bin('tsc'), '--project', program], {
    stdio: 'inherit',
  });
  if (status !== 0) failed = true;
}
process.exit(failed ? 1 : 0);
