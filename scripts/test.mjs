// `npm test`: everything that can be checked, and one closing line that sums it up.
// `node scripts/test.mjs --only unit` runs one suite; what follows a suite's name goes to vitest.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build, isStale } from './lib/build.mjs';
import { onVirtualDisplay } from './lib/display.mjs';
import { root, run, runTool } from './lib/run.mjs';
import { SetupError } from './lib/setup-error.mjs';
import { runMain, setup } from './setup.mjs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Tally */
/** @typedef {'unit' | 'desktop' | 'web' | 'long'} Suite */

/** @type {readonly Suite[]} */
const suites = ['unit', 'desktop', 'web'];

/** What takes too long for every time: only when asked for. */
/** @type {readonly Suite[]} */
const others = ['long'];

/**
 * What has to be built before a suite runs.
 * @type {Record<Suite, readonly (keyof typeof build)[]>}
 */
const needs = { unit: [], desktop: ['desktop'], web: ['web'], long: ['desktop', 'cli'] };

const reports = join(root, 'out/test-reports');

/**
 * One step that is no suite of tests counts as one test.
 * @param {string} name
 * @param {() => Promise<number>} step
 * @returns {Promise<Tally>}
 */
async function asOneTest(name, step) {
  const start = Date.now();
  const status = await step();
  const seconds = ((Date.now() - start) / 1000).toFixed(1);
  console.log(`${status === 0 ? 'ok' : 'FAILED'}  ${name} (${seconds} s)`);
  return { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1, skipped: 0 };
}

/**
 * @param {Suite} suite
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<Tally>}
 */
async function runSuite(suite, args, env) {
  const report = join(reports, `${suite}.json`);
  rmSync(report, { force: true });
  const status = await runTool(
    'vitest',
    [
      'run',
      `--project=${suite}`,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...args,
    ],
    { env },
  );
  return tally(report, status);
}

/**
 * @param {string} report
 * @param {number} status vitest's own: not 0 also where a file could not be loaded at all
 * @returns {Tally}
 */
function tally(report, status) {
  /** @type {Tally} */
  let sum = { passed: 0, failed: 0, skipped: 0 };
  try {
    const read = JSON.parse(readFileSync(report, 'utf8'));
    sum = {
      passed: read.numPassedTests,
      failed: read.numFailedTests,
      skipped: read.numPendingTests + read.numTodoTests,
    };
  } catch {
    console.error(`gradwire: the test runner left no report.`);
  }
  return status !== 0 && sum.failed === 0 ? { ...sum, failed: 1 } : sum;
}

/** @param {readonly Tally[]} tallies */
function close(tallies) {
  const total = tallies.reduce((sum, one) => ({
    passed: sum.passed + one.passed,
    failed: sum.failed + one.failed,
    skipped: sum.skipped + one.skipped,
  }));
  console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
  return total.failed === 0 && total.passed > 0 ? 0 : 1;
}

/** What the suites need from the system, with the obstacle, if any, said in one line. */
async function prepare() {
  try {
    await setup({ virtualDisplay: true, browser: true });
    return 0;
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.error(`gradwire: ${error.message}`);
    return 1;
  }
}

/**
 * @param {Suite} suite
 * @param {readonly string[]} [args]
 * @returns {Promise<Tally>}
 */
function runSuiteWhereItBelongs(suite, args = []) {
  if (suite === 'unit') return runSuite(suite, args, process.env);
  // Always a display of its own: nobody's windows, focus or screen size get in the way.
  return onVirtualDisplay((env) => runSuite(suite, args, env));
}

/**
 * @param {Suite} suite
 * @param {readonly string[]} args
 */
async function only(suite, args) {
  if (suite !== 'unit') {
    const prepared = await prepare();
    if (prepared !== 0) return prepared;
    for (const target of needs[suite]) {
      const status = isStale(target) ? await build[target]({ quiet: true }) : 0;
      if (status !== 0) return status;
    }
  }
  return close([await runSuiteWhereItBelongs(suite, args)]);
}

async function everything() {
  const typecheck = join(root, 'scripts/typecheck.mjs');
  const tallies = [
    await asOneTest('set-up', prepare),
    await asOneTest('lint', () => runTool('biome', ['check', '--error-on-warnings', '.'])),
    await asOneTest('typecheck', () => run(process.execPath, [typecheck])),
    await asOneTest('build of the desktop app', () => build.desktop({ quiet: true })),
    await asOneTest('build of the command line', () => build.cli({ quiet: true })),
    await asOneTest('build of the web page', () => build.web({ quiet: true })),
  ];
  for (const suite of suites) tallies.push(await runSuiteWhereItBelongs(suite));
  return close(tallies);
}

await runMain(async () => {
  mkdirSync(reports, { recursive: true });
  const [flag, name, ...args] = process.argv.slice(2);
  if (flag === undefined) return everything();
  const suite = [...suites, ...others].find((one) => one === name);
  if (flag !== '--only' || !suite) {
    console.error('Usage: node scripts/test.mjs [--only unit|desktop|web|long [vitest arguments]]');
    return 2;
  }
  return only(suite, args);
});
