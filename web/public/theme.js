// Before anything is drawn: the look that was chosen last, so that a dark page never begins with a white one.
// A file of its own because the page's policy lets no script stand in its text; src/ui/theme.ts does the rest.
try {
  const choice = JSON.parse(localStorage.getItem('mailhunt.theme') ?? 'null');
  if (choice === 'light' || choice === 'dark') document.documentElement.dataset.theme = choice;
} catch {
  // Nothing was kept, or nothing may be: the system's look is right.
}
