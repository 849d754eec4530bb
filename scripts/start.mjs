// `npm start`: set-up, a build where the last one is older than the sources, then the app.
// `npm start -- --virtual-display` shows it on a display of its own where there is no screen;
// every other argument goes to the app, a `.gradwire` file for example.
import { build, isStale } from './lib/build.mjs';
import { onVirtualDisplay } from './lib/display.mjs';
import { whyNoSandbox } from './lib/launch.mjs';
import { root, run } from './lib/run.mjs';
import { SetupError } from './lib/setup-error.mjs';
import { hasDisplay } from './lib/system.mjs';
import { runMain, setup } from './setup.mjs';

await runMain(async () => {
  const asked = process.argv.slice(2);
  const virtual =
    asked.includes('--virtual-display') || process.env.GRADWIRE_VIRTUAL_DISPLAY === '1';
  if (!virtual && !hasDisplay()) {
    throw new SetupError(
      'There is no screen here (neither DISPLAY nor WAYLAND_DISPLAY is set): run `npm start -- --virtual-display` to start on a virtual one.',
    );
  }
  const electron = await setup({ virtualDisplay: virtual });
  if (isStale('desktop')) {
    console.error('gradwire: building …');
    const status = await build.desktop({ quiet: true });
    if (status !== 0) return status;
  }
  const args = asked.filter((arg) => arg !== '--virtual-display');
  const why = whyNoSandbox(electron.folder);
  if (why) {
    console.error(
      `gradwire: Chromium's sandbox cannot run ${why}, so Electron starts with --no-sandbox.`,
    );
  }
  const command = [...(why ? ['--no-sandbox'] : []), root, ...args];
  // A bare machine has no message bus either, and Chromium would complain of it at length.
  if (virtual) command.unshift('--log-level=3');
  /** @param {NodeJS.ProcessEnv} env */
  const launch = (env) => run(electron.path, command, { env });
  return virtual ? onVirtualDisplay(launch) : launch(process.env);
});
