/** Makes elements. */

export function element(name, className = '', attributes = {}, text = '') {
  const result = document.createElement(name);
  if (className !== '') result.className = className;
  for (const [key, value] of Object.entries(attributes)) result.setAttribute(key, value);
  result.textContent = text;
  return result;
}

/** An identifier or another short text with a button that copies it. */
export function copyable(text, what) {
  const box = element('span', 'copyable');
  box.append(
    element('code', '', { title: text }, text),
    copyButton(() => text, what),
  );
  return box;
}

/** A button that copies what `read` returns, and says so for a moment. */
export function copyButton(read, what) {
  const button = element('button', 'copy', { type: 'button', 'aria-label': `Copy ${what}` }, 'Copy');
  button.addEventListener('click', async (event) => {
    event.stopPropagation();
    await navigator.clipboard.writeText(read());
    button.textContent = 'Copied';
    setTimeout(() => {
      button.textContent = 'Copy';
    }, 1500);
  });
  return button;
}

/** Puts one item for each value into a list; items whose value is the same stay as they are. */
export function renderList(list, values, keyOf, makeItem) {
  const known = new Map([...list.children].map((item) => [item.dataset.key, item]));
  const items = values.map((value) => {
    const key = keyOf(value);
    const version = JSON.stringify(value);
    const old = known.get(key);
    if (old?.dataset.version === version) return old;
    const item = makeItem(value);
    // What was open stays open while it changes.
    if (old?.firstElementChild?.open) item.firstElementChild.open = true;
    item.dataset.key = key;
    item.dataset.version = version;
    return item;
  });
  list.replaceChildren(...items);
}

export function bytes(size) {
  if (size < 1024) return `${size} bytes`;
  const units = ['KiB', 'MiB', 'GiB'];
  const power = Math.min(units.length, Math.floor(Math.log2(size) / 10));
  return `${(size / 1024 ** power).toFixed(1)} ${units[power - 1]}`;
}

export function time(date) {
  return new Date(date).toLocaleTimeString();
}
