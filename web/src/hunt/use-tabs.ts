import { useCallback, useEffect, useRef, useState } from 'react';
import { recall, remember } from '../ui/index.ts';
import { sharedIn } from './link.ts';
import { activeTab, changeTab, firstTabs, keptTabs, openTab, readTabs, type Tab, type Tabs } from './tabs.ts';

const KEY = 'hunt.tabs';
/** Tabs are kept so long after the last change, in milliseconds, and when the window goes. */
const PAUSE = 400;

/** The tabs, which survive a reload, and the way to change them. */
export interface TabsState {
  readonly tabs: Tabs;
  readonly tab: Tab;
  readonly change: (change: (tabs: Tabs) => Tabs) => void;
  /** Changes the tab in front, or the one of an id. */
  readonly edit: (part: Partial<Omit<Tab, 'id'>>, id?: string) => void;
}

/** The tabs of this browser, and one more where the address brings a query with it. */
export function useTabs(): TabsState {
  const [tabs, setTabs] = useState<Tabs>(() => recall(KEY, readTabs, firstTabs()));
  const latest = useRef(tabs);
  latest.current = tabs;

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is kept is the latest
  useEffect(() => {
    const timer = setTimeout(() => remember(KEY, keptTabs(latest.current)), PAUSE);
    return () => clearTimeout(timer);
  }, [tabs]);

  useEffect(() => {
    const keep = () => remember(KEY, keptTabs(latest.current));
    addEventListener('pagehide', keep);
    return () => {
      removeEventListener('pagehide', keep);
      keep();
    };
  }, []);

  useEffect(() => {
    const open = async () => {
      const fragment = location.hash;
      const shared = await sharedIn(fragment);
      if (!shared || location.hash !== fragment) return;
      // the same query again after a reload would be a tab more each time
      history.replaceState(history.state, '', location.pathname + location.search);
      setTabs((now) => openTab(now, shared));
    };
    void open();
    addEventListener('hashchange', open);
    return () => removeEventListener('hashchange', open);
  }, []);

  const edit = useCallback((part: Partial<Omit<Tab, 'id'>>, id?: string) => {
    setTabs((now) => changeTab(now, id ?? activeTab(now).id, part));
  }, []);
  return { tabs, tab: activeTab(tabs), change: setTabs, edit };
}
