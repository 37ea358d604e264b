/** The smallest app: a greeting in a box. Ctrl+C ends it. */
import { box, mount, text } from 'spark-tui';

await mount(() => {
  box({ border: 'rounded', paddingX: 2, alignSelf: 'flex-start' }, () => {
    text({ content: 'Hello from SparkTUI' });
  });
});
