import { checkCommand } from './check.ts';
import { type CommandIo, exitStatus, sentence } from './io.ts';
import { traceCommand } from './trace.ts';

type Command = (args: readonly string[], io: CommandIo) => Promise<number>;

const commands: Readonly<Record<string, Command>> = {
  trace: traceCommand,
  check: checkCommand,
  // Loaded when asked for: it brings TensorFlow.js with it.
  train: async (args, io) => (await import('./train.ts')).trainCommand(args, io),
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
    io.out(usage);
    return exitStatus.ok;
  }
  try {
    return await command(rest, io);
  } catch (error) {
    io.err(`gradwire ${name}: ${sentence(error)}`);
    return exitStatus.error;
  }
}
