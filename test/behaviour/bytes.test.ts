/** Bytes a change costs through the whole road, from a signal to the output. They are few, and the same on every machine. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { App } from '../../packages/spark-tui/src/app/index.ts';
import { signal } from '../../packages/spark-tui/src/reactive/index.ts';
import { box, text } from '../../packages/spark-tui/src/ui/index.ts';
import { Emulator, screenDifference } from '../oracle/emulator.ts';
import { VtModel } from '../oracle/vt-model.ts';
import { COLS, line, list, ROWS, startRoadApp } from './road-app.ts';

interface Played {
  /** Runs a frame and gives its bytes. Every eighth time what they show is compared with the back buffer. */
  frame(): number;
  app: App;
}

/** An app on a terminal that is asked whether it shows what it should. */
function play(root: () => void, margins = false): Played {
  const { app, output } = startRoadApp(root, margins);
  const screen = margins ? new VtModel(COLS, ROWS) : new Emulator({ cols: COLS, rows: ROWS });
  screen.write('\x1b[?7l');
  let frames = 0;
  const frame = (): number => {
    app.flush();
    const bytes = output.take();
    screen.write(bytes);
    if (frames++ % 8 === 0) assert.equal(screenDifference(screen, app.screen.back, app.glyphs, 24), null);
    return bytes.length;
  };
  frame();
  return { frame, app };
}

describe('bytes of a change, through the whole road', () => {
  test('a text of one digit that changes anywhere on the screen: a position and the digit, 10', () => {
    const digits = Array.from({ length: 200 }, () => signal(0));
    const { frame } = play(() => {
      box({ flexDirection: 'row', flexWrap: 'wrap', padding: 1, gap: 3 }, () => {
        for (const digit of digits) text({ content: () => `n${digit.value}` });
      });
    });
    for (let i = 0; i < 60; i++) {
      const place = (i * 73) % 200;
      digits[place]!.value = 1 + (i % 8);
      assert.ok(frame() <= 10);
    }
  });

  test('a text of one digit among others: at most 8', () => {
    const digit = signal(0);
    const { frame } = play(() => {
      box({ flexDirection: 'column', padding: 1 }, () => {
        text({ content: () => `Count: ${digit.value}` });
        for (let i = 0; i < 20; i++) text({ content: line(i) });
      });
    });
    digit.value = 1;
    assert.ok(frame() <= 8);
  });

  test('a text of one digit next to the cursor: at most 3', () => {
    const digit = signal(0);
    const other = signal(0);
    const { frame } = play(() => {
      box({ flexDirection: 'column', padding: 1 }, () => {
        text({ content: () => `Count: ${digit.value}` });
        text({ content: 'something else' });
        text({ content: () => `Other: ${other.value}`, fg: '#ff8000' });
      });
    });
    digit.value = 1;
    frame();
    other.value = 1;
    frame();
    for (let i = 2; i < 10; i++) {
      other.value = i;
      assert.ok(frame() <= 3, 'adjacent, in true colour');
    }
    digit.value = 0;
    frame();
    for (let i = 1; i < 10; i++) {
      digit.value = i;
      assert.ok(frame() <= 3, 'adjacent');
    }
  });

  test('text that is typed: a byte a character', () => {
    const typed = signal('hello');
    const { frame } = play(() => text({ content: typed }));
    const more = ' world, and on';
    let bytes = 0;
    for (const character of more) {
      typed.value += character;
      bytes += frame();
    }
    assert.equal(bytes, more.length);
  });

  for (const [name, coloured, header] of [
    ['on the whole screen', false, false],
    ['below a header, in colours', true, true],
  ] as const) {
    test(`a list moved by one line, ${name}: at most 220`, () => {
      const top = signal(0);
      const { frame } = play(() => {
        box({ flexDirection: 'column', width: '100%', height: '100%' }, () => {
          if (header) text({ content: 'header', height: 1, flexShrink: 0 });
          list(top, coloured);
          if (header) text({ content: 'footer', height: 1, flexShrink: 0 });
        });
      });
      for (let i = 1; i <= 40; i++) {
        top.value = i;
        const bytes = frame();
        assert.ok(bytes > 0 && bytes <= 220, `line ${i}: ${bytes}`);
      }
      for (let i = 39; i >= 0; i--) {
        top.value = i;
        const bytes = frame();
        assert.ok(bytes > 0 && bytes <= 220, `back to line ${i}: ${bytes}`);
      }
    });
  }

  test('a list beside a sidebar, on a terminal with left and right margins, moved by one line: at most 400', () => {
    const top = signal(0);
    const { frame } = play(() => {
      box({ flexDirection: 'row', width: '100%', height: '100%' }, () => {
        box({ width: 30, height: '100%', flexShrink: 0, border: 'single' }, () => {
          for (let i = 0; i < 38; i++) text({ content: `${line(i * 13).slice(5, 20)} item ${i}`, height: 1, fg: '#61afef' });
        });
        list(top, true);
      });
    }, true);
    for (let i = 1; i <= 40; i++) {
      top.value = i;
      const bytes = frame();
      assert.ok(bytes > 0 && bytes <= 400, `line ${i}: ${bytes}`);
    }
  });

  test('a list of rows that repeat, which comparing cannot tell apart: the container says how far it moved', () => {
    const top = signal(0);
    const { frame } = play(() => {
      box({ height: '100%', width: '100%', overflow: 'scroll', scrollbar: 'none', scrollTop: () => top.value }, () => {
        for (let i = 0; i < 90; i++) text({ content: line(i % 3).repeat(3).slice(0, 110), height: 1, flexShrink: 0 });
      });
    });
    for (let i = 1; i <= 10; i++) {
      top.value = i * 2;
      const bytes = frame();
      assert.ok(bytes > 0 && bytes <= 300, `${bytes}`);
    }
  });

  test('a list moved by half a page: hardly more than the half that is new', () => {
    const top = signal(0);
    const { frame, app } = play(() => list(top, false));
    top.value = 20;
    const bytes = frame();
    const fresh = app.files.toText().split('\n').slice(20).join('').length;
    assert.ok(bytes <= fresh + 60, `${bytes} for ${fresh} new characters`);
  });

  test('two lists moved at once are both scrolled', () => {
    const [upper, lower] = [signal(0), signal(0)];
    const { frame } = play(() => {
      box({ flexDirection: 'column', width: '100%', height: '100%' }, () => {
        for (const top of [upper, lower]) box({ height: 20, width: '100%' }, () => list(top, false));
      });
    });
    for (let i = 1; i <= 10; i++) {
      upper.value = i;
      lower.value = 2 * i;
      const bytes = frame();
      assert.ok(bytes <= 500, `${bytes}`);
    }
  });
});
