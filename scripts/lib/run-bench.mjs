// The inside of one measurement's process: runs the bundle and sends its lines to the runner.
import { pathToFileURL } from 'node:url';

const { default: bench } = await import(pathToFileURL(process.argv[2] ?? '').href);
process.send?.(await bench());
process.disconnect();
