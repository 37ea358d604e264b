/**
 * The terminal a descriptor refers to: what it is called, and how it is opened a second time.
 *
 *   /proc/self/fd/N ─▶ /dev/pts/3   its device file, if that is the very same device here
 *                   ─▶ the link     a terminal of elsewhere (`docker exec -t`: its file is not in our /dev)
 *   /dev, /dev/pts                  no /proc: looked through, as ttyname(3) does
 *   /dev/tty                        the controlling terminal, if that is the same one: it opens for everybody,
 *                                   also where the device file belongs to another user (after `su`)
 *
 * Every path is compared by device and inode before it is used.
 */
import { fstatSync, openSync, readdirSync, readFileSync, readlinkSync, type Stats, statSync } from 'node:fs';

/** A path that leads to the terminal of a descriptor, or null when it is no terminal or has no path (Windows). */
export function ttyPath(fd: number): string | null {
  const wanted = deviceOf(fd);
  if (wanted === null) return null;
  const link = `/proc/self/fd/${fd}`;
  try {
    const target = readlinkSync(link);
    if (target.startsWith('/dev/') && isSame(target, wanted)) return target;
    if (isSame(link, wanted)) return link;
  } catch {
    // no /proc: look through the device files
  }
  for (const folder of ['/dev/', '/dev/pts/']) {
    let names: string[];
    try {
      names = readdirSync(folder);
    } catch {
      continue; // no terminals as files
    }
    for (const name of names) {
      const isTerminal = folder === '/dev/' ? name.startsWith('tty') && name !== 'tty' : /^\d+$/.test(name);
      if (isTerminal && isSame(folder + name, wanted)) return folder + name;
    }
  }
  return null;
}

/** Opens the terminal of a descriptor once more, with `flags` (`constants.O_…`); null when that is not possible. */
export function openTty(fd: number, flags: number): number | null {
  const path = ttyPath(fd);
  try {
    if (path !== null) return openSync(path, flags);
  } catch {
    // not ours to open
  }
  try {
    if (isControllingTerminal(fd)) return openSync('/dev/tty', flags);
  } catch {
    // there is none after all
  }
  return null;
}

/** What the terminal of a descriptor is called, the same by all descriptors that refer to it; null when it is none. */
export function ttyName(fd: number): string | null {
  const device = deviceOf(fd);
  if (device === null) return null;
  const path = ttyPath(fd);
  return path !== null && path.startsWith('/dev/') ? path : `${device.dev}:${device.rdev}`;
}

function deviceOf(fd: number): Stats | null {
  try {
    const stats = fstatSync(fd);
    return stats.isCharacterDevice() ? stats : null;
  } catch {
    return null;
  }
}

function isSame(path: string, { dev, ino, rdev }: Stats): boolean {
  try {
    const found = statSync(path);
    return found.dev === dev && found.ino === ino && found.rdev === rdev;
  } catch {
    return false;
  }
}

/** True when a descriptor refers to the controlling terminal of this process. Known on Linux; elsewhere false. */
function isControllingTerminal(fd: number): boolean {
  const device = deviceOf(fd);
  if (device === null) return false;
  // pid (name) state ppid pgrp session tty …; the name may contain anything
  const stat = readFileSync('/proc/self/stat', 'utf8');
  const [, , , , tty] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return Number(tty) === device.rdev;
}
