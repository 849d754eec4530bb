import { spawn } from 'node:child_process';
import { SetupError } from './setup-error.mjs';

/**
 * Runs something on a virtual display of its own, which ends with it. Other systems than Linux have
 * none, and always a screen: there it runs on that.
 * @template T
 * @param {(env: NodeJS.ProcessEnv) => Promise<T>} task gets the environment to run in
 * @param {NodeJS.ProcessEnv} [environment] what that environment is made from
 * @returns {Promise<T>} what the task returns
 */
export async function onVirtualDisplay(task, environment = process.env) {
  if (process.platform !== 'linux') return task(environment);
  // Xvfb picks a free display itself and writes its number to descriptor 3 once it is ready.
  const args = ['-displayfd', '3', '-screen', '0', '1440x900x24', '-nolisten', 'tcp', '-dpi', '96'];
  const server = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  try {
    const number = await new Promise((resolve, reject) => {
      const fail = () => reject(new SetupError('The virtual display (Xvfb) could not be started.'));
      server.once('error', fail).once('exit', fail);
      server.stdio[3]?.once('data', (data) => resolve(String(data).trim()));
    });
    const { WAYLAND_DISPLAY: _, ...env } = environment;
    return await task({ ...env, DISPLAY: `:${number}`, XDG_SESSION_TYPE: 'x11' });
  } finally {
    server.kill();
  }
}
