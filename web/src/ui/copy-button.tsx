import { IconButton } from './button.tsx';
import { useToast } from './toast.tsx';

/** Puts a text into the clipboard, and says so. */
export function CopyButton({ text, label = 'Copy' }: { readonly text: string; readonly label?: string }) {
  const toast = useToast();
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => toast('Copied'),
      () => toast('The browser did not let the text be copied', { tone: 'bad' }),
    );
  return <IconButton icon="copy" label={label} small onPress={copy} />;
}
