/** What of an app needs a process. */
export type { FrameMessage } from './frame-probes.node.ts';
export { isMounted, mount, MountedApp, mountSync } from './mount.node.ts';
