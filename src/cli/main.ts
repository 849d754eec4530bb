import type { ParseArgsConfig } from 'node:util';
import { currentVersion } from '#graph';
import about from '#package' with { type: 'json' };
import { checkCommand, checkHelp, checkOptions } from './check.ts';
import { convertCommand, convertHelp, convertOptions } from './convert.ts';
import { exportCommand, exportHelp, exportOptions } from './export.ts';
import { type Help, helpText } from './help.ts';
import { infoCommand, infoHelp, infoOptions } from './info.ts';
import { type CommandIo, exitStatus, sentence } from './io.ts';
import { layoutCommand, layoutHelp, layoutOptions } from './layout.ts';
import { orElse } from './nearest.ts';
import { traceCommand, traceHelp, traceOptions } from './trace.ts';
import { trainHelp, trainOptions } from './train-options.ts';

interface Command {
  /** What it does, in one line. */
  readonly about: string;
  readonly help: Help;
  readonly options: NonNullable<ParseArgsConfig['options']>;
  readonly run: (args: readonly string[], io: CommandIo) => Promise<number>;
}

export const commands: Readonly<Record<string, Command>> = {
  trace: {
    about: 'values and gradients of every node and wire',
    help: traceHelp,
    options: traceOptions,
    run: traceCommand,
  },
  check: {
    about: 'every gradient against central differences',
    help: checkHelp,
    options: checkOptions,
    run: checkCommand,
  },
  train: {
    about: 'train the graph on data, and report as it goes',
    help: trainHelp,
    options: trainOptions,
    // Loaded when it runs: it brings TensorFlow.js with it.
    run: async (args, io) => (await import('./train.ts')).trainCommand(args, io),
  },
  export: {
    about: 'pictures, code, tables and models for other programs',
    help: exportHelp,
    options: exportOptions,
    run: exportCommand,
  },
  convert: {
    about: 'documents of any version, ONNX models and expressions',
    help: convertHelp,
    options: convertOptions,
    run: convertCommand,
  },
  layout: {
    about: 'arrange the nodes from left to right',
    help: layoutHelp,
    options: layoutOptions,
    run: layoutCommand,
  },
  info: {
    about: 'what a document holds, costs, and what is wrong with it',
    help: infoHelp,
    options: infoOptions,
    run: infoCommand,
  },
};

const names = Object.keys(commands);

const usage = [
  'gradwire: computational graphs without a window',
  '',
  'Commands',
  ...Object.entries(commands).map(([name, { about }]) => `  gradwire ${name.padEnd(10)}${about}`),
  '',
  '  gradwire COMMAND --help   its options with their defaults, exit statuses and examples',
  '  gradwire --version        its version, and that of the documents it writes',
  '',
  'Exit status',
  '  0  all is well',
  '  1  a comparison failed (check), or a graph has a fault (info)',
  '  2  something could not be done: one sentence on standard error says why',
  '',
  'Example',
  '  gradwire trace graph.gradwire --json',
].join('\n');

const isHelp = (word: string | undefined) => word === '--help' || word === '-h';

/** Runs one command line (without the program's own name) and gives its exit status. */
export async function main(args: readonly string[], io: CommandIo): Promise<number> {
  const [first, ...others] = args;
  if (first === undefined || isHelp(first) || (first === 'help' && others.length === 0)) {
    io.out(usage);
    return first === undefined ? exitStatus.error : exitStatus.ok;
  }
  if (first === '--version' || first === '-V') {
    io.out(`gradwire ${about.version} (documents of version ${currentVersion})`);
    return exitStatus.ok;
  }
  const [name = '', ...rest] = first === 'help' ? [...others, '--help'] : args;
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) {
    const near = orElse(name, [...names, '--help', '--version'], 'gradwire --help lists them.');
    io.err(
      `gradwire: ${name.startsWith('-') ? `There is no option ${name}` : `There is no command “${name}”`}; ${near}`,
    );
    return exitStatus.error;
  }
  if (rest.some(isHelp)) {
    io.out(helpText(command.help));
    return exitStatus.ok;
  }
  try {
    return await command.run(rest, io);
  } catch (error) {
    if (rest.includes('--json')) io.out(JSON.stringify({ error: sentence(error) }));
    io.err(`gradwire ${name}: ${sentence(error)}`);
    return exitStatus.error;
  }
}
