import { useLocation } from 'wouter';
import { useMe } from '../api/index.ts';
import { Button, EmptyState, Page } from '../ui/index.ts';
import { DraftEditor } from './rule-editor.tsx';

/** What a rule begins with. @param id of its own */
const draftWith = (id: string) => ({
  name: 'new-rule.yaml',
  text: `id: ${id}
name: My new rule
kind: Scheduled
version: 1.0.0
severity: Medium
description: |
  Mail that fails DMARC and is delivered all the same.
requiredDataConnectors:
  - connectorId: MicrosoftThreatProtection
    dataTypes:
      - EmailEvents
queryFrequency: 1h
queryPeriod: 1h
triggerOperator: gt
triggerThreshold: 0
tactics:
  - InitialAccess
relevantTechniques:
  - T1566
query: |
  EmailEvents
  | where EmailDirection == "Inbound" and DeliveryAction == "Delivered"
  | where tostring(parse_json(AuthenticationDetails).DMARC) == "fail"
  | project Timestamp, NetworkMessageId, SenderFromAddress, RecipientEmailAddress, Subject
`,
  tests: '',
});

/** A random id; a browser that trusts the page too little to make one gets a plain one, which is to be changed. */
const newId = (): string => (isSecureContext ? crypto.randomUUID() : '00000000-0000-4000-8000-000000000000');

/** The same until it is saved: who comes back finds what he has written over it. */
let draft = draftWith(newId());
const renew = () => {
  draft = draftWith(newId());
};

/** A rule that is written anew. */
export function NewRule() {
  const [, go] = useLocation();
  const { may } = useMe();
  return (
    <Page
      title="New rule"
      tools={
        <Button look="quiet" icon="left" onPress={() => go('/')}>
          All rules
        </Button>
      }
    >
      {may('edit') ? (
        <DraftEditor saved={draft} isNew onSaved={renew} />
      ) : (
        <EmptyState icon="shield" title="You may read rules, not write them">
          An administrator gives the role “hunter” to who writes them.
        </EmptyState>
      )}
    </Page>
  );
}
