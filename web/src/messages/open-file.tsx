import { type DragEvent, type ReactNode, useRef, useState } from 'react';
import type { OpenedAnswer } from '../../../src/server/workbench/messages/open.ts';
import { call } from '../api/index.ts';
import { Button, failureOf, Spinner, useToast } from '../ui/index.ts';
import css from './messages-page.module.css';

/** Sends a file to be judged. Throws ServerError; the answer's id serves as a message's. */
async function opened(file: Blob): Promise<OpenedAnswer> {
  const response = await call('POST', '/api/v1/messages/open', { body: file, type: 'message/rfc822' });
  return (await response.json()) as OpenedAnswer;
}

/** What opens a file, and whether one is being opened. */
export function useOpenFile(onOpened: (id: string) => void) {
  const [isOpening, setOpening] = useState(false);
  const toast = useToast();
  const open = (file: Blob | undefined) => {
    if (!file || isOpening) return;
    setOpening(true);
    opened(file)
      .then(
        ({ id }) => onOpened(id),
        (error: unknown) => toast(failureOf(error).message, { tone: 'bad' }),
      )
      .finally(() => setOpening(false));
  };
  return { open, isOpening };
}

/** A button that asks for an .eml file. */
export function OpenFileButton({
  onFile,
  isOpening,
}: {
  readonly onFile: (file: Blob) => void;
  readonly isOpening: boolean;
}) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        accept=".eml,message/rfc822"
        hidden
        aria-label="Message file"
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          if (file) onFile(file);
          target.value = '';
        }}
      />
      <Button icon="upload" isDisabled={isOpening} onPress={() => input.current?.click()}>
        {isOpening ? 'Opening …' : 'Open .eml'}
      </Button>
    </>
  );
}

/** Takes a file that is dropped anywhere on the page. */
export function DropArea({
  onFile,
  isOpening,
  children,
}: {
  readonly onFile: (file: Blob) => void;
  readonly isOpening: boolean;
  readonly children: ReactNode;
}) {
  const [isOver, setOver] = useState(false);
  const carriesFile = ({ dataTransfer }: DragEvent) => dataTransfer.types.includes('Files');
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button Open .eml does the same without a pointer
    <div
      className={css.drop}
      onDragOver={(event) => {
        if (!carriesFile(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget as Node | null)) setOver(false);
      }}
      onDrop={(event) => {
        if (!carriesFile(event)) return;
        event.preventDefault();
        setOver(false);
        const [file] = event.dataTransfer.files;
        if (file) onFile(file);
      }}
    >
      {children}
      {(isOver || isOpening) && (
        <div className={css.veil}>
          {isOpening ? <Spinner label="Opening the message" /> : 'Drop the .eml file to open it'}
        </div>
      )}
    </div>
  );
}
