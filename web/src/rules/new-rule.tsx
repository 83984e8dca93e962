import { useLocation } from 'wouter';
import { Button, Page } from '../ui/index.ts';
import { DraftEditor } from './rule-editor.tsx';

const draft = {
  name: 'new-rule.yaml',
  text: `id: 00000000-0000-4000-8000-000000000000
name: DMARC failure delivered
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
};

/** A rule that is written anew. */
export function NewRule() {
  const [, go] = useLocation();
  return (
    <Page title="New rule" tools={<Button onPress={() => go('/')}>All rules</Button>}>
      <DraftEditor saved={draft} isNew onSaved={() => {}} />
    </Page>
  );
}
