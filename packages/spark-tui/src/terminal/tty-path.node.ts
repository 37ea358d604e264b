/** Which device file a descriptor refers to, so that it can be opened a second time. */
import { fstatSync, readdirSync, readlinkSync, statSync } from 'node:fs';

/**
 * The path of the terminal a descriptor refers to, or null when it has none here (another container's
 * terminal, Windows). The path leads to the very same device file: compared by device and inode.
 */
export function ttyPath(fd: number): string | null {
  let wanted;
  try {
    wanted = fstatSync(fd);
    if (!wanted.isCharacterDevice()) return null;
  } catch {
    return null;
  }
  const { dev, ino, rdev } = wanted;
  const isSame = (path: string): boolean => {
    try {
      const found = statSync(path);
      return found.dev === dev && found.ino === ino && found.rdev === rdev;
    } catch {
      return false;
    }
  };
  try {
    const path = readlinkSync(`/proc/self/fd/${fd}`);
    if (path.startsWith('/dev/') && isSame(path)) return path;
  } catch {
    // no /proc: look through the device files, as ttyname(3) does
  }
  try {
    for (const name of readdirSync('/dev')) {
      if (name.startsWith('tty') && name !== 'tty' && isSame(`/dev/${name}`)) return `/dev/${name}`;
    }
  } catch {
    // no /dev: no terminals as files
  }
  return null;
}
