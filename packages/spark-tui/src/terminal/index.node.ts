/** What of the terminal needs a process: its ways out, keys, signals. */
export {
  acquireTerminal,
  attachedClients,
  attachToProcess,
  type HostClient,
  type RestoreReason,
  type TerminalLease,
} from './process-host.node.ts';
export { openTtyInput, TtyInput, type TtyReadable } from './tty-input.node.ts';
export { openTtyOutput, TtyOutput, type TtyStream } from './tty-output.node.ts';
export { ttyPath } from './tty-path.node.ts';
export {
  openTtySession,
  terminalSize,
  TtySession,
  type TtyScreen,
  type TtySessionHandlers,
  type TtySessionOptions,
} from './tty-session.node.ts';
