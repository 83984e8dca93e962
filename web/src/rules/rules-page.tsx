import { Route, Switch } from 'wouter';
import { Catalogue } from './catalogue.tsx';
import { Matrix } from './matrix.tsx';
import { NewRule } from './new-rule.tsx';
import { RuleView } from './rule-view.tsx';

/** Rules: the catalogue, the matrix of techniques, and a page for each rule. */
export default function RulesPage() {
  return (
    <Switch>
      <Route path="/" component={Catalogue} />
      <Route path="/matrix" component={Matrix} />
      <Route path="/new" component={NewRule} />
      <Route path="/rule/:key">{({ key }) => <RuleView key={key} ruleKey={decodeURIComponent(key)} />}</Route>
      <Route component={Catalogue} />
    </Switch>
  );
}
