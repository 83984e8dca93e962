import type { MessageFacts } from '../../../../src/evidence/index.ts';
import { CodeBlock, classNames, Icon, type IconName, Notice } from '../../ui/index.ts';
import { Domain, Hostile } from '../text/hostile.tsx';
import css from './auth-picture.module.css';
import { type Outcome, type Path, pictureOf, type State } from './picture.ts';

export interface AuthPictureProps {
  readonly message: MessageFacts;
  readonly unicode: Readonly<Record<string, string>>;
}

/**
 * Authentication as a picture: on the left who claimed what, on the right the author whom the reader sees. A line that
 * reaches him proves him; a line that breaks shows where.
 */
export function AuthPicture({ message, unicode }: AuthPictureProps) {
  const picture = pictureOf(message);
  const { author, verdict, paths, outcomes, summary, isWhole } = picture;
  return (
    <section className={css.picture} aria-label="Authentication as a picture">
      <p className={classNames(css.summary, css[verdict.state])}>
        <StateMark state={verdict.state} />
        <strong>
          <Hostile text={summary} most={500} />
        </strong>
      </p>
      {!isWhole && (
        <Notice>
          The store has only the result words of this message, as an export gives them: no domain of a signature, no
          reason, no record.
        </Notice>
      )}
      <div className={css.board}>
        <div className={css.titles} aria-hidden="true">
          <span>Who claims to have sent it</span>
          <span>Is that proved?</span>
          <span>Is that the author’s?</span>
        </div>
        <ol className={css.paths}>
          {paths.map((one) => (
            <PathRow key={one.id} path={one} unicode={unicode} />
          ))}
          {paths.length === 0 && <li className={css.nothing}>No check is known.</li>}
        </ol>
        <div className={classNames(css.author, css[verdict.state])}>
          <span className={css.label}>The reader sees</span>
          <span className={css.name}>
            <Hostile text={author.name || author.address} most={80} />
          </span>
          {author.name !== '' && (
            <span className={css.address}>
              <Hostile text={author.address} most={120} mono />
            </span>
          )}
          <span className={css.domain}>
            <Domain name={author.domain} unicode={unicode} />
          </span>
          <span className={css.verdict}>
            <StateMark state={verdict.state} /> DMARC {verdict.word}
          </span>
          {verdict.words !== '' && (
            <span className={css.reason}>
              <Hostile text={verdict.words} most={240} />
            </span>
          )}
        </div>
      </div>
      <ol className={css.outcomes} aria-label="What followed">
        {outcomes.map((one) => (
          <OutcomeStep key={`${one.label} ${one.value}`} outcome={one} />
        ))}
      </ol>
      {verdict.record !== '' && <CodeBlock label="DMARC record" text={verdict.record} wrap />}
    </section>
  );
}

function PathRow({ path, unicode }: { readonly path: Path; readonly unicode: AuthPictureProps['unicode'] }) {
  const { method, claim, proof, alignment, breaksAt, sentence } = path;
  const isEnded = breaksAt === 'proof';
  return (
    <li className={css.path}>
      <span className="unseen">
        <Hostile text={sentence} most={600} />
      </span>
      <div className={css.box} aria-hidden="true">
        <span className={css.label}>
          <b>{method}</b> {claim.label}
        </span>
        <span className={css.value}>
          <Domain name={claim.value} unicode={unicode} />
        </span>
        {claim.detail !== '' && (
          <span className={css.detail}>
            <Hostile text={claim.detail} most={120} />
          </span>
        )}
      </div>
      <Line state={claim.value === 'none' ? 'none' : 'good'} isDotted={claim.value === 'none'} />
      <div className={classNames(css.box, css.step, css[proof.state])} aria-hidden="true">
        <span className={css.word}>
          <StateMark state={proof.state} /> {proof.word}
        </span>
        {proof.words !== '' && (
          <span className={css.detail}>
            <Hostile text={proof.words} most={160} />
          </span>
        )}
      </div>
      <Line state={proof.state === 'good' ? 'good' : proof.state} isBreak={isEnded} />
      <div
        className={classNames(css.box, css.step, css[isEnded ? 'none' : alignment.state], isEnded && css.untried)}
        aria-hidden="true"
      >
        <span className={css.word}>
          <StateMark state={isEnded ? 'none' : alignment.state} /> {wordOf(path)}
        </span>
        <span className={css.detail}>
          <Hostile text={alignment.words} most={160} />
        </span>
      </div>
      <Line
        state={breaksAt === undefined && alignment.state === 'good' ? 'good' : isEnded ? 'none' : alignment.state}
        isBreak={breaksAt === 'alignment'}
        isDotted={isEnded || alignment.state === 'none' || alignment.state === 'unknown'}
      />
    </li>
  );
}

/** What alignment came to. Of a claim that was not proved it is only said what it would have been worth. */
function wordOf({ method, alignment, breaksAt }: Path): string {
  if (method === 'ARC') return 'hearsay';
  if (breaksAt === 'proof') return alignment.state === 'good' ? 'would count' : 'does not matter';
  return { good: 'aligned', bad: 'not aligned', none: 'none', unknown: 'not known' }[alignment.state];
}

/** What leads from one step to the next: whole, broken where it ends, dotted where nothing was carried on. */
function Line({
  state,
  isBreak = false,
  isDotted = false,
}: {
  readonly state: State;
  readonly isBreak?: boolean;
  readonly isDotted?: boolean;
}) {
  return (
    <span
      className={classNames(css.line, css[state], isBreak && css.broken, isDotted && css.dotted)}
      aria-hidden="true"
    >
      {isBreak && (
        <span className={css.cut}>
          <Icon name="close" size={12} />
        </span>
      )}
    </span>
  );
}

const icons: Readonly<Record<State, IconName>> = { good: 'good', bad: 'error', none: 'minus', unknown: 'info' };

const StateMark = ({ state }: { readonly state: State }) => <Icon name={icons[state]} size={14} />;

const OutcomeStep = ({ outcome: { label, value, state } }: { readonly outcome: Outcome }) => (
  <li className={classNames(css.outcome, css[state])}>
    <span className={css.label}>{label}</span>
    <span className={css.value}>
      <Hostile text={value} most={80} />
    </span>
  </li>
);
