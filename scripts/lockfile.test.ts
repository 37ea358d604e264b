import assert from 'node:assert/strict';
import { test } from 'node:test';
import { completeLockfile, type Lockfile, missingOptionals, platformOf } from './lockfile.ts';

const lockfile: Lockfile = {
  lockfileVersion: 3,
  packages: {
    '': {},
    'node_modules/tool': {
      version: '1.2.3',
      dev: true,
      optionalDependencies: { '@tool/linux-x64-gnu': '1.2.3', '@tool/linux-x64-musl': '1.2.3', '@tool/win32-arm64-msvc': '1.2.3' },
    },
    'node_modules/@tool/linux-x64-gnu': { version: '1.2.3', dev: true, optional: true },
    'node_modules/outer': { version: '1.0.0' },
    'node_modules/outer/node_modules/inner': { version: '1.0.0', optionalDependencies: { near: '2.0.0', '@tool/linux-x64-gnu': '1.2.3' } },
    'node_modules/outer/node_modules/near': { version: '2.0.0', optional: true },
  },
};

test('the platform of a native package is read off its name', () => {
  assert.deepEqual(platformOf('@a/binding-linux-x64-musl'), { os: ['linux'], cpu: ['x64'], libc: ['musl'] });
  assert.deepEqual(platformOf('@a/binding-linux-arm-gnueabihf'), { os: ['linux'], cpu: ['arm'], libc: ['glibc'] });
  assert.deepEqual(platformOf('@deno/linux-arm64-glibc'), { os: ['linux'], cpu: ['arm64'], libc: ['glibc'] });
  assert.deepEqual(platformOf('@a/binding-win32-ia32-msvc'), { os: ['win32'], cpu: ['ia32'] });
  assert.deepEqual(platformOf('@a/b-openharmony-arm64'), { os: ['openharmony'], cpu: ['arm64'] });
  assert.throws(() => platformOf('left-pad'), /no platform/);
});

test('an optional dependency is missing unless it lies beside its dependent or above it', () => {
  assert.deepEqual(missingOptionals(lockfile).map(({ name }) => name), ['@tool/linux-x64-musl', '@tool/win32-arm64-msvc']);
});

test('completing adds what is missing, in npm’s order, and nothing is missing then', () => {
  const done = completeLockfile(lockfile);
  assert.deepEqual(missingOptionals(done), []);
  assert.deepEqual(done.packages['node_modules/@tool/linux-x64-musl'], {
    version: '1.2.3',
    cpu: ['x64'],
    dev: true,
    libc: ['musl'],
    optional: true,
    os: ['linux'],
  });
  assert.deepEqual(Object.keys(done.packages), Object.keys(done.packages).sort());
  assert.deepEqual(completeLockfile(done), done);
});

test('a range cannot be completed without asking a registry', () => {
  const loose = { packages: { 'node_modules/a': { optionalDependencies: { 'a-linux-x64': '^1.0.0' } } } };
  assert.throws(() => completeLockfile(loose), /not an exact version/);
});
