/** A form: inputs with validation, a password, suggestions; Tab moves, Enter submits, Escape ends it. */
import { box, type CopyResult, createInputRef, derived, focusFirst, focusNext, input, type InputProps, mount, mouseHandover, onKey, selection, show, signal, text } from 'spark-tui';

const COUNTRIES = ['Austria', 'Brazil', 'Canada', 'Denmark', 'Germany', 'India', 'Japan', 'Kenya', 'Norway', 'Poland'];

function copied(last: CopyResult | null): string {
  if (last === null) return '';
  return last.ok ? `Copied ${last.chars} character${last.chars === 1 ? '' : 's'}` : `Not copied: ${last.reason}`;
}

const app = mount(() => {
  const values = { name: signal(''), mail: signal(''), country: signal(''), password: signal('') };
  const welcome = signal('');
  const fields = { name: createInputRef(), mail: createInputRef(), country: createInputRef(), password: createInputRef() };
  const mouse = mouseHandover();
  const selected = selection();
  const ready = derived(() => Object.values(fields).every((field) => field.valid.value));

  const submit = (): void => {
    // The first field that is not right gets focus, and shows what is wrong with it.
    for (const field of Object.values(fields)) if (!field.submit()) return void field.focus();
  };
  const field = (name: keyof typeof fields, label: string, props: InputProps): void => {
    const ref = fields[name];
    box({ flexDirection: 'row', gap: 1 }, () => {
      text({ content: label, width: 10, paddingTop: 1, bold: () => ref.isFocused });
      box({ grow: 1 }, () => {
        input({
          ref,
          id: name,
          value: values[name],
          border: 'rounded',
          borderColor: () => (ref.isFocused ? 'cyan' : 'gray'),
          invalidColor: 'red',
          onSubmit: () => {
            welcome.value = '';
            focusNext();
          },
          ...props,
        });
        text({ content: () => (ref.touched.value ? ref.message.value : ''), fg: 'red', height: 1 });
      });
    });
  };

  onKey('Escape', () => void app.unmount());
  onKey('F5', () => void focusFirst());

  box({ padding: 1, width: 60, maxWidth: '100%' }, () => {
    field('name', 'Name', { autoFocus: true, placeholder: 'Ada Lovelace', maxLength: 40, validate: (name) => name.trim() !== '' || 'Who are you?' });
    field('mail', 'Mail', {
      placeholder: 'ada@example.org',
      validate: (mail) => /^[^@\s]+@[^@\s]+$/.test(mail) || 'An address has one @',
    });
    field('country', 'Country', { suggestions: COUNTRIES, validate: (name) => COUNTRIES.includes(name) || 'Tab takes a suggestion' });
    field('password', 'Password', {
      password: true,
      validate: (secret) => secret.length >= 8 || `${8 - secret.length} more characters`,
      onSubmit: () => {
        if (ready.value) welcome.value = `Welcome, ${values.name.value}!`;
        else submit();
      },
    });
    show(
      () => welcome.value !== '',
      () => text({ content: welcome, fg: 'green', bold: true }),
    );
    text({ content: () => (ready.value ? 'All fields are right: Enter in the last one submits' : 'Tab and Enter move on, Escape ends'), dim: true });
    // What Ctrl+C and F12 did is not to be guessed.
    text({
      content: () => (mouse.released.value ? 'The mouse is the terminal\'s: F12 takes it back' : copied(selected.lastCopy.value)),
      height: 1,
      dim: true,
      selectable: false,
    });
  });
});

await app;
