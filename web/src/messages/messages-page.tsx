import { useState } from 'react';
import { Route, Switch, useLocation, useSearchParams } from 'wouter';
import { useActions } from '../keys/index.ts';
import { counted, Notice, Page } from '../ui/index.ts';
import { HuntButton } from './hunt-button.tsx';
import { MessageListView } from './list/message-list.tsx';
import { useMessageList } from './list/use-message-list.ts';
import css from './messages-page.module.css';
import { DropArea, OpenFileButton, useOpenFile } from './open-file.tsx';
import { SavedMenu } from './search/saved-menu.tsx';
import { focusSearch, SearchBox } from './search/search-box.tsx';
import { MessagePage } from './view/message-page.tsx';

/** The Messages page: the list, and below its address one message. */
export default function MessagesPage() {
  const [, go] = useLocation();
  const [params, setParams] = useSearchParams();
  const [query, setQuery] = useState(params.get('q') ?? '');
  const [text, setText] = useState(query);
  const [chosen, setChosen] = useState(-1);
  const list = useMessageList(query);
  const { open, isOpening } = useOpenFile((id) => go(`/${id}`));

  const search = (next: string) => {
    setText(next);
    setChosen(-1);
    if (next === query) list.reload();
    setQuery(next);
    setParams(next === '' ? {} : { q: next }, { replace: true });
  };
  const home = query === '' ? '/' : `/?q=${encodeURIComponent(query)}`;
  const to = (index: number, tab = '') => {
    const message = list.messages[index];
    if (!message) return;
    setChosen(index);
    if (index >= list.messages.length - 3) list.more();
    go(`/${encodeURIComponent(message.networkMessageId)}${tab}`);
  };
  return (
    <DropArea onFile={open} isOpening={isOpening}>
      <Switch>
        <Route path="/:id/:tab?">
          {({ id, tab }) => {
            const key = decoded(id);
            const index = list.messages.findIndex((one) => one.networkMessageId === key);
            const suffix = tab === undefined ? '' : `/${tab}`;
            return (
              <MessagePage
                key={key}
                id={key}
                tab={tab}
                onTab={(next) => go(`/${encodeURIComponent(key)}/${next}`, { replace: true })}
                onBack={() => go(home)}
                onNext={index >= 0 && index + 1 < list.messages.length ? () => to(index + 1, suffix) : undefined}
                onPrevious={index > 0 ? () => to(index - 1, suffix) : undefined}
              />
            );
          }}
        </Route>
        <Route>
          <Page
            title="Messages"
            note={list.count === undefined ? '' : counted(list.count, 'message')}
            tools={<OpenFileButton onFile={open} isOpening={isOpening} />}
            fill
          >
            <div className={css.bar}>
              <SearchBox text={text} onText={setText} onSearch={search} />
              <SavedMenu text={text} onTake={search} />
              {list.kql !== '' && <HuntButton text={list.kql} small={false} />}
            </div>
            {list.warnings.map(({ message }) => (
              <Notice key={message} tone="warn">
                {message}
              </Notice>
            ))}
            <ListKeys
              move={(step) => setChosen(Math.min(Math.max(chosen + step, 0), list.messages.length - 1))}
              open={(tab) => to(Math.max(chosen, 0), tab)}
            />
            <MessageListView list={list} chosen={chosen} onChoose={setChosen} />
          </Page>
        </Route>
      </Switch>
    </DropArea>
  );
}

/** The keys of the list. */
function ListKeys({ move, open }: { readonly move: (step: number) => void; readonly open: (tab?: string) => void }) {
  useActions([
    { name: 'Search messages', keys: '/', group: 'Messages', run: focusSearch },
    { name: 'Next message', keys: 'j', group: 'Messages', run: () => move(1) },
    { name: 'Message before', keys: 'k', group: 'Messages', run: () => move(-1) },
    { name: 'Open the message', keys: 'Enter', group: 'Messages', isHandled: true, run: () => open() },
    { name: 'Investigate the message', keys: 'i', group: 'Messages', run: () => open('/overview?investigate') },
  ]);
  return null;
}

/** An id out of an address; one that is no valid encoding stands for itself. */
function decoded(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}
