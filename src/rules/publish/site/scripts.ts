/** Shows the rows that hold all words of the search and all that is chosen. */
export const searchScript = `
'use strict';
(() => {
  const form = document.getElementById('filter');
  const rows = [...document.querySelectorAll('#rules tbody tr')];
  const shown = document.getElementById('shown');
  const none = document.getElementById('none');
  const fields = [...form.querySelectorAll('select')];
  const search = form.elements.search;
  const texts = rows.map((row) => (row.textContent + ' ' + row.dataset.more).toLowerCase());
  const has = (row, field) => field.value === '' || row.dataset[field.name].split(' ').includes(field.value);
  const show = () => {
    const words = search.value.toLowerCase().split(/\\s+/);
    let count = 0;
    rows.forEach((row, i) => {
      const fits = words.every((word) => texts[i].includes(word)) && fields.every((field) => has(row, field));
      row.hidden = !fits;
      if (fits) count++;
    });
    shown.textContent = count === rows.length ? count + ' rules' : count + ' of ' + rows.length + ' rules';
    none.hidden = count > 0;
  };
  form.hidden = false;
  form.addEventListener('input', show);
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('reset', () => setTimeout(show));
  document.addEventListener('keydown', (event) => {
    const typing = /^(?:INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName);
    if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    search.focus();
  });
  show();
})();
`;

/** Puts the text of a code block on the clipboard. */
export const copyScript = `
'use strict';
(() => {
  const select = (node) => {
    const range = document.createRange();
    range.selectNodeContents(node);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    return document.execCommand('copy');
  };
  const copy = async (node) => {
    try {
      await navigator.clipboard.writeText(node.textContent);
      return true;
    } catch {
      return select(node);
    }
  };
  for (const button of document.querySelectorAll('button.copy')) {
    button.hidden = false;
    button.addEventListener('click', async () => {
      const done = await copy(document.getElementById(button.getAttribute('aria-controls')));
      button.textContent = done ? 'Copied' : 'Press Ctrl+C';
      setTimeout(() => (button.textContent = 'Copy'), 2000);
    });
  }
})();
`;
