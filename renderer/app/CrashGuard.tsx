import { Component, type ReactNode } from 'react';
import { strings } from '../strings/en.ts';

interface Props {
  readonly children: ReactNode;
}

/** A fault in a component must not leave an empty window: the document lives in the store, and stays. */
export class CrashGuard extends Component<Props, { readonly message: string | undefined }> {
  override readonly state: { readonly message: string | undefined } = { message: undefined };

  static getDerivedStateFromError(error: unknown) {
    return { message: error instanceof Error ? error.message : String(error) };
  }

  override render() {
    const { message } = this.state;
    if (message === undefined) return this.props.children;
    return (
      <main className="crash" role="alert">
        <h1>{strings.crash.title}</h1>
        <p>{strings.crash.detail}</p>
        <p className="quiet-text">{message}</p>
        <button
          type="button"
          className="button primary"
          onClick={() => this.setState({ message: undefined })}
        >
          {strings.crash.again}
        </button>
      </main>
    );
  }
}
