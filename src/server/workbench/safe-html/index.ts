/** What strangers wrote, as it may be shown. */
export { type BodyForm, bodyPage, bodyPolicy } from './page.ts';
export { visible } from './text.ts';
