import { Component, lazy, type ReactNode, Suspense } from 'react';
import { PlainText } from './PlainText.tsx';

/** Longer texts are shown as typed: to read them as Markdown could take seconds. */
export const longestMarkdown = 10_000;

const NoteMarkdown = lazy(() => import('./NoteMarkdown.tsx'));

/** A note's text as Markdown; as it was typed until that is loaded, and where it cannot be set. */
export function NoteText({ text }: { readonly text: string }) {
  const plain = <PlainText text={text} />;
  if (text.length > longestMarkdown) return plain;
  return (
    <TextGuard key={text} plain={plain}>
      <Suspense fallback={plain}>
        <NoteMarkdown text={text} />
      </Suspense>
    </TextGuard>
  );
}

interface GuardProps {
  readonly plain: ReactNode;
  readonly children: ReactNode;
}

/** A text that cannot be set must not take the canvas with it. */
class TextGuard extends Component<GuardProps, { readonly failed: boolean }> {
  override readonly state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    return this.state.failed ? this.props.plain : this.props.children;
  }
}
