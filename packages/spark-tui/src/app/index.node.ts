/** What of an app needs a process. */
export { isMounted, mount, MountedApp, mountSync } from './mount.node.ts';
