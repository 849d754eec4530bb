import { spawnSync } from 'node:child_process';

/** The program that reads an export, and whether it is on this machine. */
export function missing(command: string, args: readonly string[]): string | undefined {
  const { status, error } = spawnSync(command, args, { stdio: 'ignore', timeout: 60_000 });
  return error || status !== 0 ? `${command} ${args.join(' ')} does not run here` : undefined;
}

/** The Python that has these modules: the system's own first, where Debian puts its packages; undefined for none. */
export function pythonWith(...modules: readonly string[]): string | undefined {
  const imports = ['-c', `import ${modules.join(', ')}`];
  return ['/usr/bin/python3', 'python3'].find((python) => missing(python, imports) === undefined);
}

/** Runs a program. Throws with what it said where it fails. */
export function run(
  command: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly input?: string } = {},
): string {
  const result = spawnSync(command, args, {
    encoding: 'utf8',
    timeout: 240_000,
    maxBuffer: 2 ** 28,
    ...options,
  });
  if (result.error) throw result.error;
  if (result.status !== 0) {
    throw new Error(
      `${command} ends with ${result.status}:\n${result.stdout.slice(-2000)}\n${result.stderr.slice(-2000)}`,
    );
  }
  return result.stdout;
}
