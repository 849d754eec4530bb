// `npm run dev`: the app with hot reloading of its pages, for work on the interface.
import { onVirtualDisplay } from './lib/display.mjs';
import { whyNoSandbox } from './lib/launch.mjs';
import { bin, run } from './lib/run.mjs';
import { SetupError } from './lib/setup-error.mjs';
import { hasDisplay } from './lib/system.mjs';
import { runMain, setup } from './setup.mjs';

await runMain(async () => {
  const asked = process.argv.slice(2);
  const virtual = asked.includes('--virtual-display');
  if (!virtual && !hasDisplay()) {
    throw new SetupError(
      'There is no screen here: add `-- --virtual-display` to use a virtual one.',
    );
  }
  const electron = await setup({ virtualDisplay: virtual });
  const args = [bin('electron-vite'), 'dev', ...asked.filter((arg) => arg !== '--virtual-display')];
  if (whyNoSandbox(electron.folder)) args.push('--noSandbox');
  /** @param {NodeJS.ProcessEnv} env */
  const launch = (env) =>
    run(process.execPath, args, { env: { ...env, ELECTRON_EXEC_PATH: electron.path } });
  return virtual ? onVirtualDisplay(launch) : launch(process.env);
});
