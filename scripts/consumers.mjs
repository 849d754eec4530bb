// Gets the programs that read our exports, on Debian and Ubuntu, for the tests that hold exports to them. Without
// them those tests say that they are skipped.
import { ensureConsumers } from './lib/system.mjs';

ensureConsumers((line) => console.error(`gradwire: ${line}`));
