/**
 * A tmux server of its own, as a terminal that lays its rows out anew when it is resized and keeps a history
 * that can be read. Nothing of the user's tmux is touched.
 */
import { execFileSync, spawnSync } from 'node:child_process';

export interface TmuxOptions {
  readonly cols: number;
  readonly rows: number;
  /** Shell text the pane runs. */
  readonly shell: string;
}

/** True when there is a tmux to test with. */
export function hasTmux(): boolean {
  return spawnSync('tmux', ['-V']).status === 0;
}

let servers = 0;

export class Tmux {
  private readonly name = `spark-test-${process.pid}-${servers++}`;

  constructor({ cols, rows, shell }: TmuxOptions) {
    const settings = ['set', '-g', 'history-limit', '50000', ';', 'set', '-g', 'default-shell', '/bin/sh', ';', 'set', '-s', 'escape-time', '0'];
    this.run('-f', '/dev/null', ...settings, ';', 'new-session', '-d', '-x', String(cols), '-y', String(rows), shell);
  }

  /** Runs a tmux command and gives what it prints. */
  run(...args: string[]): string {
    return execFileSync('tmux', ['-L', this.name, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  }

  resize(cols: number, rows: number): void {
    this.run('resize-window', '-x', String(cols), '-y', String(rows));
  }

  keys(...keys: string[]): void {
    this.run('send-keys', ...keys);
  }

  /** The history and the screen, lines that were wrapped put together. */
  lines(): string[] {
    return this.run('capture-pane', '-p', '-J', '-S', '-').split('\n');
  }

  /** Waits until `holds` is true of the history and the screen. */
  async until(holds: (text: string) => boolean, what: string, limitMs = 20_000): Promise<void> {
    const deadline = Date.now() + limitMs;
    for (;;) {
      const text = this.run('capture-pane', '-p', '-S', '-');
      if (holds(text)) return;
      if (Date.now() > deadline) throw new Error(`waited in vain for ${what}:\n${text}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  close(): void {
    spawnSync('tmux', ['-L', this.name, 'kill-server']);
  }
}
