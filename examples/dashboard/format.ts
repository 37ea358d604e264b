/** Numbers and series as short text. */
const BARS = '▁▂▃▄▅▆▇█';

/** A series of values 0–100 as one character each, the newest last. */
export function sparkline(values: readonly number[], widthCells: number): string {
  const shown = values.slice(-Math.max(0, widthCells));
  return shown
    .map((value) => BARS[Math.min(BARS.length - 1, Math.floor((Math.max(0, value) / 100) * BARS.length))])
    .join('')
    .padStart(widthCells, ' ');
}

/** A bar of `widthCells` cells, filled to `percent`, in eighths of a cell. */
export function bar(percent: number, widthCells: number): string {
  const eighths = Math.round((Math.min(100, Math.max(0, percent)) / 100) * widthCells * 8);
  const full = Math.floor(eighths / 8);
  const rest = ' ▏▎▍▌▋▊▉'[eighths % 8];
  return ('█'.repeat(full) + (full < widthCells ? rest : '')).padEnd(widthCells, ' ').slice(0, widthCells);
}

export function bytes(count: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let value = count;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${value.toFixed(value < 10 && unit > 0 ? 1 : 0)} ${units[unit]}`;
}

export function duration(seconds: number): string {
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  return `${hours}h ${String(minutes).padStart(2, '0')}m ${String(Math.floor(seconds % 60)).padStart(2, '0')}s`;
}

/** Green, yellow or red, by load. */
export function loadColor(percent: number): string {
  return percent < 50 ? '#7ec699' : percent < 80 ? '#e5c07b' : '#e06c75';
}
