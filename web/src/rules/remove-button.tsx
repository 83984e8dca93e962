import { useState } from 'react';
import { Button, Dialog, FailureNotice } from '../ui/index.ts';
import { useWork } from './use-work.ts';

/** Removes one's own rule, once one has said so twice. */
export function RemoveButton({ name, onRemove }: { readonly name: string; readonly onRemove: () => Promise<void> }) {
  const [isAsking, setAsking] = useState(false);
  const removing = useWork(onRemove);
  return (
    <>
      <Button look="danger" icon="trash" onPress={() => setAsking(true)}>
        Remove
      </Button>
      <Dialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={`Remove ${name}?`}
        actions={
          <>
            <Button onPress={() => setAsking(false)}>Keep it</Button>
            <Button look="danger" icon="trash" isDisabled={removing.isRunning} onPress={removing.start}>
              Remove the rule
            </Button>
          </>
        }
      >
        {removing.error !== undefined && <FailureNotice error={removing.error} />}
        Its file and its tests are deleted from the store. A rule of the pack that it stood in for counts again.
      </Dialog>
    </>
  );
}
