/** What of the terminal needs a process: its ways out, keys, signals. */
export { attachedClients, attachToProcess, type RestoreReason, stopJob } from './process-host.node.ts';
export { openTtySession, type TtySession } from './tty-session.node.ts';
