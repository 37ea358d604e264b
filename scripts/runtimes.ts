/**
 * The runtimes the package supports and how each is told to run a program and test files. All but
 * the Node that runs the check come from `tools/runtimes`, which pins them in a lockfile of its own.
 */
import { join } from 'node:path';
import { repoRoot } from './repo.ts';

/** One runtime of the matrix. */
export interface Runtime {
  readonly name: string;
  /** What its version must begin with; `version()` prints it. */
  readonly version: string;
  readonly versionCommand: readonly string[];
  /** Command that runs a module. */
  program(file: string): string[];
  /** Command that runs compiled node:test files; paths are relative to the repository. */
  tests(files: readonly string[]): string[];
  /** Binary the pseudo-terminal tests start their programs with (`SPARK_RUNTIME`); null where they are not run. */
  readonly ptyBinary: string | null;
  /** Beginnings of paths in `src` whose unit tests are left out here, with the reason. */
  readonly leftOut: ReadonlyMap<string, string>;
}

/** Folder the pinned runtimes are installed in. */
export const runtimesFolder: string = join(repoRoot, 'tools', 'runtimes');

/** Loaded before tests: random cases are the same in every run. */
const FIXED_SEED = './.build/test/fuzz/fixed-seed.js';

const installed = (...path: string[]): string => join(runtimesFolder, 'node_modules', ...path);

function node(major: number, file: string): Runtime {
  return {
    name: `node ${major}`,
    version: `v${major}.`,
    versionCommand: [file, '--version'],
    program: (path) => [file, path],
    tests: (files) => [file, '--expose-gc', '--import', FIXED_SEED, '--test', '--test-concurrency=1', '--test-reporter=spec', ...files],
    ptyBinary: null,
    leftOut: new Map(),
  };
}

const bun = installed('.bin', 'bun');
const deno = installed('.bin', 'deno');

/** All runtimes beside the one that runs the check. */
export const otherRuntimes: readonly Runtime[] = [
  node(22, installed('node22', 'bin', 'node')),
  node(24, installed('node24', 'bin', 'node')),
  node(26, installed('node26', 'bin', 'node')),
  {
    name: 'bun',
    version: '1.',
    versionCommand: [bun, '--version'],
    program: (path) => [bun, path],
    tests: (files) => [bun, 'test', '--preload', FIXED_SEED, '--timeout', '60000', ...files.map((path) => `./${path}`)],
    ptyBinary: bun,
    leftOut: new Map(),
  },
  {
    name: 'deno',
    version: 'deno 2.',
    versionCommand: [deno, '--version'],
    program: (path) => [deno, 'run', '--allow-all', path],
    tests: (files) => [deno, 'test', '--allow-all', '--no-check', '--preload', FIXED_SEED, ...files],
    ptyBinary: deno,
    leftOut: new Map([
      ['terminal/output.test', 'its writeSync does not say how much a full pipe took (the pseudo-terminal tests cover it)'],
    ]),
  },
];

/** The Node that runs the check: it runs all tests elsewhere, here only what users install. */
export const thisNode: Runtime = node(Number(process.versions.node.split('.')[0]), process.execPath);
