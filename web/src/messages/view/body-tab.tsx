import { useState } from 'react';
import { Segments } from '../../ui/index.ts';
import css from './message-page.module.css';
import type { TabMeans } from './message-tabs.tsx';
import { NoSource } from './no-source.tsx';

const forms = [
  { id: 'auto', name: 'As shown' },
  { id: 'text', name: 'Plain text' },
] as const;

/** The body in a frame that may do nothing: no script, no form, no link, nothing from elsewhere. */
export function BodyTab({ means }: { readonly means: TabMeans }) {
  const [form, setForm] = useState<'auto' | 'text'>('auto');
  if (!means.shown.hasSource || !means.mayReadBodies) return <NoSource means={means} />;
  return (
    <div className={css.fill}>
      <div className={css.bar}>
        <Segments label="Form" chosen={form} onChoose={setForm} options={forms} />
        <span className={css.muted}>
          Nothing is loaded from elsewhere; links show where they lead and cannot be followed.
        </span>
      </div>
      <iframe
        key={form}
        className={css.frame}
        title="Body of the message"
        sandbox=""
        referrerPolicy="no-referrer"
        src={`${means.base}/body?form=${form}`}
      />
    </div>
  );
}
