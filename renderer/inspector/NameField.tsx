import { useId, useState } from 'react';
import type { Wire } from '#graph';
import { useServices } from '../store/index.ts';
import { strings } from '../strings/en.ts';

/** What the blackboard writes beside a wire. */
export function NameField({ wire }: { readonly wire: Wire }) {
  const { store } = useServices();
  const id = useId();
  const [name, setName] = useState(wire.name ?? '');
  const commit = () => {
    if (name.trim() === (wire.name ?? '')) return;
    const { edit } = store.getState();
    edit(strings.edits.rename, [{ type: 'nameWire', wire: wire.id, name: name.trim() }]);
  };
  return (
    <div className="field">
      <label htmlFor={id}>{strings.inspector.name}</label>
      <input
        id={id}
        className="text-field"
        value={name}
        onChange={(event) => setName(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => event.key === 'Enter' && commit()}
      />
    </div>
  );
}
