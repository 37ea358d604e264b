/**
 * The public suite `reactive-framework-test-suite` is published as TypeScript only, which Node 20
 * cannot load. It is compiled here, into a temporary folder, when the tests start.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** What the suite asks of a framework. */
export interface Framework {
  signal<T>(value: T): { read(): T; write(value: T): void };
  computed<T>(fn: () => T): { read(): T };
  effect(fn: () => void | (() => void)): () => void;
  run(fn: () => void): void;
  batch(fn: () => void): void;
  untracked<T>(fn: () => T): T;
}

export interface SuiteSection {
  readonly section: string;
  readonly cases: Readonly<Record<string, (framework: Framework) => unknown>>;
  /** Set on the section that describes choices instead of asserting. */
  readonly type?: 'behavioral';
}

/** Compiles and loads the suite. */
export async function loadSuite(): Promise<SuiteSection[]> {
  const require = createRequire(import.meta.url);
  const root = findRoot(dirname(require.resolve('typescript/package.json')));
  const tsc = join(dirname(require.resolve('typescript/package.json')), 'bin', 'tsc');
  const out = mkdtempSync(join(tmpdir(), 'reactive-suite-'));
  try {
    execFileSync(process.execPath, [tsc, '-p', join(root, 'test/reactive/suite.tsconfig.json'), '--outDir', out], {
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    writeFileSync(join(out, 'package.json'), '{ "type": "module" }');
    const module = (await import(pathToFileURL(join(out, 'index.js')).href)) as { testSuite: SuiteSection[] };
    return module.testSuite;
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

/** The folder that holds `node_modules`. */
function findRoot(folder: string): string {
  return dirname(folder.slice(0, folder.lastIndexOf('node_modules') + 'node_modules'.length));
}
