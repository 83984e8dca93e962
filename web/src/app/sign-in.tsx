import { type FormEvent, useState } from 'react';
import { sendJson } from '../api/index.ts';
import { Button, FailureNotice, TextField, usePageTitle } from '../ui/index.ts';
import { Mark } from './mark.tsx';
import css from './sign-in.module.css';

/** Asks who is there, where the server has accounts. */
export function SignIn({ onDone }: { readonly onDone: () => void }) {
  usePageTitle('Sign in');
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [error, setError] = useState<unknown>();
  const [isAsking, setAsking] = useState(false);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    setAsking(true);
    try {
      await sendJson('POST', '/api/v1/login', { name, password });
      onDone();
    } catch (thrown) {
      setError(thrown);
    } finally {
      setAsking(false);
    }
  };
  return (
    <main className={css.page}>
      <form className={css.form} onSubmit={send}>
        <div className={css.head}>
          <Mark />
          <h1>mailhunt</h1>
        </div>
        {error !== undefined && <FailureNotice error={error} />}
        <TextField label="Name" name="username" autoComplete="username" autoFocus value={name} onChange={setName} />
        <TextField
          label="Password"
          name="password"
          type="password"
          autoComplete="current-password"
          value={password}
          onChange={setPassword}
        />
        <Button type="submit" look="primary" isDisabled={name === '' || password === '' || isAsking}>
          {isAsking ? 'Signing in …' : 'Sign in'}
        </Button>
      </form>
    </main>
  );
}
