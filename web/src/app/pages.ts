import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import type { IconName } from '../ui/index.ts';

/** A page of the workbench: a row of the menu. Its code is loaded when it is first opened. */
export interface Page {
  readonly name: string;
  /** With what its addresses begin; `/messages` has `/messages/ID` below it. */
  readonly path: string;
  /** Pressed after `g`: `g h` goes to Hunt. */
  readonly key: string;
  readonly icon: IconName;
  readonly view: LazyExoticComponent<ComponentType>;
}

export const pages: readonly Page[] = [
  { name: 'Hunt', path: '/hunt', key: 'h', icon: 'hunt', view: lazy(() => import('../hunt/hunt-page.tsx')) },
  {
    name: 'Messages',
    path: '/messages',
    key: 'm',
    icon: 'messages',
    view: lazy(() => import('../messages/messages-page.tsx')),
  },
  { name: 'Rules', path: '/rules', key: 'r', icon: 'rules', view: lazy(() => import('../rules/rules-page.tsx')) },
  { name: 'Trends', path: '/trends', key: 't', icon: 'trends', view: lazy(() => import('../trends/trends-page.tsx')) },
];
