import { checkCommand, checkHelp } from './check.ts';
import { convertCommand, convertHelp } from './convert.ts';
import { exportCommand, exportHelp } from './export.ts';
import { infoCommand, infoHelp } from './info.ts';
import { type CommandIo, exitStatus, sentence } from './io.ts';
import { layoutCommand, layoutHelp } from './layout.ts';
import { traceCommand, traceHelp } from './trace.ts';

type Run = (args: readonly string[], io: CommandIo) => Promise<number>;

interface Command {
  readonly run: Run;
  /** What `gradwire NAME --help` prints; the whole text without it. */
  readonly help?: string;
}

const commands: Readonly<Record<string, Command>> = {
  trace: { run: traceCommand, help: traceHelp },
  check: { run: checkCommand, help: checkHelp },
  // Loaded when asked for: it brings TensorFlow.js with it.
  train: { run: async (args, io) => (await import('./train.ts')).trainCommand(args, io) },
  export: { run: exportCommand, help: exportHelp },
  convert: { run: convertCommand, help: convertHelp },
  layout: { run: layoutCommand, help: layoutHelp },
  info: { run: infoCommand, help: infoHelp },
};

const usage = `gradwire: computational graphs without a window

  gradwire trace FILE… [--json]   values and gradients of every node and wire
  gradwire check FILE… [--json]   every gradient against central differences; exit status 1 on a mismatch
  gradwire train FILE --data PATH [--epochs N] [--batch N] [--learning-rate X] [--seed S]
                 [--optimizer sgd|momentum|nesterov|adagrad|rmsprop|adam] [--momentum X]
                 [--weight-decay X] [--l1 X] [--decoupled] [--clip-norm X] [--clip-value X]
                 [--warm-up STEPS] [--patience EPOCHS] [--no-shuffle]
                 [--schedule constant|step|exponential|plateau|cosine|cyclic]
                 [--engine auto|wasm|cpu|js] [--save FILE] [--checkpoint FILE] [--json]
                                  train the graph and report as it goes; Ctrl+C ends it in order
  gradwire train FILE --data PATH --resume CHECKPOINT [--epochs N] [--learning-rate X] [--patience N]
                                  go on from a checkpoint, with the settings of its run
      --data is a folder, a file or a built-in set (blobs, xor, rings, spirals, three-classes,
      moons, line, polynomial, iris, digits); how the data are prepared:
                 [--validation SHARE | --fold K/N] [--limit N] [--data-seed S] [--smoothing SHARE]
                 [--scale none|mean|standard|min-max] [--per feature|channel]
                 [--augment flip,crop=4,shift=2,rotation=15,colour=0.2] [--image-size N]
                 [--target COLUMN] [--columns NAME=number|category|label|ignore,…]
                 [--missing fill|drop] [--categories one-hot|index]
                 [--examples N] [--noise X] [--order N]
  gradwire export FILE --format svg|pdf|tikz|dot|markdown|numpy|pytorch|onnx|json|trace|csv
                 [--out PATH] [--step N] [--theme light|dark] [--no-values] [--no-gradients]
                                  pictures, code, tables and models for other programs
  gradwire convert FILE [--to gradwire|expression] [--out PATH]
  gradwire convert --expression TEXT [--values x=2,y=3] [--out PATH]
                                  documents of any version, ONNX models and expressions
  gradwire layout FILE [--out PATH | --in-place]
                                  arrange the nodes from left to right
  gradwire info FILE… [--json]    what a document holds, costs, and what is wrong with it
  gradwire COMMAND --help         all that a command takes
  gradwire --help                 this text

An error is one sentence on standard error, with exit status 2.`;

/** Runs one command line (without the program's own name) and gives its exit status. */
export async function main(args: readonly string[], io: CommandIo): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    io.out(usage);
    return name === undefined ? exitStatus.error : exitStatus.ok;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) {
    io.err(`gradwire: there is no command “${name}”; gradwire --help lists them.`);
    return exitStatus.error;
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    io.out(command.help ?? usage);
    return exitStatus.ok;
  }
  try {
    return await command.run(rest, io);
  } catch (error) {
    io.err(`gradwire ${name}: ${sentence(error)}`);
    return exitStatus.error;
  }
}
