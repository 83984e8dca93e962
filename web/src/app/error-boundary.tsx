import { Component, type ReactNode } from 'react';
import { Button, EmptyState } from '../ui/index.ts';

interface Props {
  /** What is on the screen: when it changes, the error is over. */
  readonly place: string;
  readonly children: ReactNode;
}

/** Keeps an error of a page from taking the frame with it. */
export class ErrorBoundary extends Component<Props, { readonly error: Error | undefined }> {
  override state: { readonly error: Error | undefined } = { error: undefined };

  static getDerivedStateFromError(error: unknown) {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override componentDidUpdate(before: Props): void {
    if (before.place !== this.props.place && this.state.error) this.setState({ error: undefined });
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (!error) return this.props.children;
    return (
      <EmptyState
        icon="error"
        title="This page has failed"
        actions={<Button onPress={() => location.reload()}>Load it again</Button>}
      >
        {error.message}
      </EmptyState>
    );
  }
}
