/** What the dashboard shows. */
import { box, createRef, derived, each, type ReadableSignal, show, signal, terminalSize, text, type WritableSignal } from 'spark-tui';
import { bar, bytes, duration, loadColor, sparkline } from './format.ts';
import type { Process, Sample } from './system.ts';

export type SortKey = 'cpu' | 'memory' | 'pid' | 'name';

export interface Model {
  readonly sample: ReadableSignal<Sample>;
  readonly cpuHistory: ReadableSignal<readonly number[]>;
  readonly memoryHistory: ReadableSignal<readonly number[]>;
  readonly uptimeSeconds: ReadableSignal<number>;
  readonly sort: WritableSignal<SortKey>;
  readonly hostName: string;
}

const MUTED = '#7f8c9b';
const ACCENT = '#61afef';
const PANEL = '#4c566a';

const ORDER: Readonly<Record<SortKey, (a: Process, b: Process) => number>> = {
  cpu: (a, b) => b.cpuPercent - a.cpuPercent || b.memoryBytes - a.memoryBytes || a.pid - b.pid,
  memory: (a, b) => b.memoryBytes - a.memoryBytes || a.pid - b.pid,
  pid: (a, b) => a.pid - b.pid,
  name: (a, b) => a.name.localeCompare(b.name) || a.pid - b.pid,
};

export function dashboard(model: Model): void {
  const size = terminalSize();
  box({ width: '100%', height: '100%' }, () => {
    header(model);
    box({ flexDirection: () => (size.value.width < 70 ? 'column' : 'row'), shrink: 0 }, () => {
      cpuPanel(model);
      memoryPanel(model);
    });
    show(() => size.value.height >= 16, () => processPanel(model));
    footer();
  });
}

function header(model: Model): void {
  box({ flexDirection: 'row', bg: ACCENT, fg: '#10151c', paddingX: 1, shrink: 0, justifyContent: 'space-between' }, () => {
    text({ content: `SparkTUI dashboard · ${model.hostName}`, bold: true, wrap: 'truncate' });
    text({ content: () => `up ${duration(model.uptimeSeconds.value)}`, wrap: 'nowrap' });
  });
}

function panel(title: string, props: Parameters<typeof box>[0], children: () => void): void {
  box({ border: 'rounded', borderColor: PANEL, paddingX: 1, ...props }, () => {
    text({ content: title, fg: ACCENT, bold: true, wrap: 'truncate' });
    children();
  });
}

function cpuPanel(model: Model): void {
  panel('Processor', { flexBasis: 0, grow: 1 }, () => {
    const graph = createRef();
    const load = derived(() => model.sample.value.cpuPercent);
    box({ flexDirection: 'row', gap: 1 }, () => {
      text({ content: () => `${load.value.toFixed(0).padStart(3)}%`, fg: () => loadColor(load.value), bold: true, wrap: 'nowrap' });
      text({
        ref: graph,
        grow: 1,
        wrap: 'nowrap',
        minWidth: 0,
        fg: () => loadColor(load.value),
        content: () => sparkline(model.cpuHistory.value, graph.isMounted ? graph.bounds().width : 0),
      });
    });
    text({
      wrap: 'truncate',
      fg: MUTED,
      content: () => model.sample.value.corePercents.map((value, i) => `${i} ${bar(value, 6)}`).join('  '),
    });
  });
}

function memoryPanel(model: Model): void {
  panel('Memory', { flexBasis: 0, grow: 1 }, () => {
    const graph = createRef();
    const percent = derived(() => (model.sample.value.memoryUsedBytes / model.sample.value.memoryTotalBytes) * 100);
    box({ flexDirection: 'row', gap: 1 }, () => {
      text({ content: () => `${percent.value.toFixed(0).padStart(3)}%`, fg: () => loadColor(percent.value), bold: true, wrap: 'nowrap' });
      text({
        ref: graph,
        grow: 1,
        wrap: 'nowrap',
        minWidth: 0,
        fg: () => loadColor(percent.value),
        content: () => sparkline(model.memoryHistory.value, graph.isMounted ? graph.bounds().width : 0),
      });
    });
    text({
      wrap: 'truncate',
      fg: MUTED,
      content: () => `${bytes(model.sample.value.memoryUsedBytes)} of ${bytes(model.sample.value.memoryTotalBytes)} in use`,
    });
  });
}

function processPanel(model: Model): void {
  const list = createRef();
  const sorted = derived(() => [...model.sample.value.processes].sort(ORDER[model.sort.value]));
  const shown = derived(() => sorted.value.slice(0, list.isMounted ? Math.max(1, list.bounds().height) : 100));
  panel('Processes', { flexBasis: 0, grow: 1, minHeight: 4 }, () => {
    row(
      (key) => (model.sort.value === key ? ACCENT : MUTED),
      { pid: () => 'PID', cpu: () => 'CPU %', memory: () => 'MEMORY', name: () => 'COMMAND' },
      (key) => {
        model.sort.value = key;
      },
    );
    box({ ref: list, grow: 1, flexBasis: 0, overflow: 'hidden' }, () => {
      each(
        () => shown.value,
        (process) => {
          const cpu = derived(() => process().cpuPercent);
          row((key) => (key === 'cpu' ? loadColor(cpu.value) : undefined), {
            pid: () => String(process().pid),
            cpu: () => cpu.value.toFixed(1),
            memory: () => bytes(process().memoryBytes),
            name: () => process().name,
          });
        },
        { key: (process) => process.pid },
      );
    });
  });
}

const COLUMNS: readonly (readonly [SortKey, number])[] = [
  ['pid', 8],
  ['cpu', 7],
  ['memory', 10],
];

function row(
  color: (key: SortKey) => string | undefined,
  cells: Readonly<Record<SortKey, () => string>>,
  onClick?: (key: SortKey) => void,
): void {
  const hovered = signal<SortKey | null>(null);
  const handlers = (key: SortKey): object =>
    onClick === undefined
      ? {}
      : {
          onClick: () => onClick(key),
          onMouseEnter: () => {
            hovered.value = key;
          },
          onMouseLeave: () => {
            hovered.value = null;
          },
        };
  box({ flexDirection: 'row', gap: 1, shrink: 0 }, () => {
    for (const [key, width] of COLUMNS) {
      text({
        width,
        shrink: 0,
        align: 'right',
        wrap: 'nowrap',
        fg: () => color(key),
        underline: () => hovered.value === key,
        content: cells[key],
        ...handlers(key),
      });
    }
    text({ grow: 1, wrap: 'truncate', fg: () => color('name'), underline: () => hovered.value === 'name', content: cells.name, ...handlers('name') });
  });
}

function footer(): void {
  text({ content: 'sort: c processor  m memory  p pid  n name   q quit', fg: MUTED, wrap: 'truncate', paddingX: 1, shrink: 0 });
}
