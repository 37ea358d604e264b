/**
 * Completes a package-lock.json for platforms other than the one it was written on.
 *
 * A registry mirror may carry only the native packages of its own platform; npm then leaves the
 * others out of the lockfile without a word, and `npm ci` refuses that lockfile ("Missing … from lock
 * file") in every fresh clone. An entry with version, os, cpu and libc is all `npm ci` needs: it
 * skips what does not fit the machine. Such entries have no integrity, because nothing was downloaded.
 */

/** An entry of a lockfile; only what is read or written here. */
interface LockEntry {
  version?: string;
  resolved?: string;
  dev?: boolean;
  optional?: boolean;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  optionalDependencies?: Record<string, string>;
  [other: string]: unknown;
}

/** A lockfile of version 3. */
export interface Lockfile {
  packages: Record<string, LockEntry>;
  [other: string]: unknown;
}

/** What a native package runs on. */
export interface Platform {
  readonly os: string[];
  readonly cpu: string[];
  readonly libc?: string[];
}

const SYSTEMS = ['android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'aix', 'win32'];
const PROCESSORS = ['arm64', 'arm', 'x64', 'ia32', 'ppc64', 'riscv64', 's390x', 'loong64'];

/** Reads the platform off a native package's name, such as `@oxlint/binding-linux-x64-musl`. Throws when there is none. */
export function platformOf(name: string): Platform {
  const words = name.slice(name.lastIndexOf('/') + 1).split('-');
  const os = SYSTEMS.find((system) => words.includes(system));
  const cpu = PROCESSORS.find((processor) => words.includes(processor));
  if (os === undefined || cpu === undefined) throw new Error(`${name}: its name tells no platform`);
  const last = words.at(-1)!;
  if (os !== 'linux') return { os: [os], cpu: [cpu] };
  if (last.startsWith('musl')) return { os: [os], cpu: [cpu], libc: ['musl'] };
  if (last.startsWith('gnu') || last === 'glibc') return { os: [os], cpu: [cpu], libc: ['glibc'] };
  return { os: [os], cpu: [cpu] };
}

/** An optional dependency no entry of the lockfile satisfies. */
export interface Missing {
  readonly name: string;
  readonly version: string;
  /** Whether only development needs the package that asks for it. */
  readonly dev: boolean;
}

/** Optional dependencies that have no entry at the place npm would put them: beside their dependent or above it. */
export function missingOptionals(lockfile: Lockfile): Missing[] {
  const missing = new Map<string, Missing>();
  for (const [path, entry] of Object.entries(lockfile.packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      if (isPlaced(lockfile, path, name)) continue;
      const dev = entry.dev === true && missing.get(name)?.dev !== false;
      missing.set(name, { name, version, dev });
    }
  }
  return [...missing.values()];
}

function isPlaced(lockfile: Lockfile, path: string, name: string): boolean {
  for (let at = path; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    if (`${at === '' ? '' : `${at}/`}node_modules/${name}` in lockfile.packages) return true;
    if (at === '') return false;
  }
}

/** A lockfile with an entry for each missing optional dependency. Throws when one is not pinned to a version. */
export function completeLockfile(lockfile: Lockfile): Lockfile {
  const packages = { ...lockfile.packages };
  for (const { name, version, dev } of missingOptionals(lockfile)) {
    if (!/^\d+\.\d+\.\d+/.test(version)) throw new Error(`${name}@${version}: not an exact version`);
    const { cpu, libc, os } = platformOf(name);
    packages[`node_modules/${name}`] = {
      version,
      cpu,
      ...(dev ? { dev } : {}),
      ...(libc === undefined ? {} : { libc }),
      optional: true,
      os,
    };
  }
  const sorted = Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1));
  return { ...lockfile, packages: Object.fromEntries(sorted) };
}
