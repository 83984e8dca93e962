import { useLocation } from 'wouter';
import { huntLink } from '../api/index.ts';
import { Button } from '../ui/index.ts';

/** Opens a query in Hunt. */
export function HuntButton({ text, small = true }: { readonly text: string; readonly small?: boolean }) {
  // Below /messages an address with ~ is one of the whole page.
  const [, go] = useLocation();
  return (
    <Button icon="hunt" small={small} look="quiet" onPress={() => go(`~${huntLink(text)}`)}>
      Open in Hunt
    </Button>
  );
}
