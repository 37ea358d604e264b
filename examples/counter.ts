/** A counter: keys, clicks, a derived value. */
import { box, derived, mount, onKey, signal, text } from 'spark-tui';

const app = mount(() => {
  const count = signal(0);
  const parity = derived(() => (count.value % 2 === 0 ? 'even' : 'odd'));
  const add = (delta: number): void => {
    count.value += delta;
  };

  onKey(['+', 'ArrowUp'], () => add(1));
  onKey(['-', 'ArrowDown'], () => add(-1));
  onKey(['q', 'Escape'], () => void app.unmount());

  const button = (label: string, delta: number): void => {
    const hovered = signal(false);
    box(
      {
        border: 'rounded',
        paddingX: 2,
        focusable: true,
        borderColor: () => (hovered.value ? 'cyan' : 'gray'),
        onMouseEnter: () => {
          hovered.value = true;
        },
        onMouseLeave: () => {
          hovered.value = false;
        },
        onClick: () => add(delta),
        onKey: (event) => {
          if (event.key !== 'Enter' && event.key !== 'Space') return false;
          add(delta);
          return true;
        },
      },
      () => {
        text({ content: label });
      },
    );
  };

  box({ padding: 1, gap: 1, alignItems: 'flex-start' }, () => {
    text({ content: () => `Count: ${count.value} (${parity.value})`, bold: true, fg: 'yellow' });
    box({ flexDirection: 'row', gap: 1 }, () => {
      button('-', -1);
      button('+', 1);
    });
    text({ content: '+ and - or the arrows change it, Tab and Enter or the mouse press a button, q quits', dim: true });
  });
});

await app;
