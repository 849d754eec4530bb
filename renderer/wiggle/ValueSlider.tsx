import { useRef, useState } from 'react';
import type { GraphNode } from '#graph';
import { scalar } from '#tensor';
import { outputName } from '../format/names.ts';
import { isSingle, singleNumber } from '../format/tensors.ts';
import { setValue, useEditor, useNumbers, useServices } from '../store/index.ts';
import { wiggling as text } from '../strings/en-wiggle.ts';
import { Slider } from '../ui/Slider.tsx';
import { sliderReach } from './numbers.ts';

/** All sliders count their gestures together: no two gestures share a step of undo. */
let gestures = 0;

/** Moves the number of an input or a parameter; the whole graph follows at once. */
export function ValueSlider({ node }: { readonly node: GraphNode }) {
  const value = useEditor(({ trace }) => trace.nodes.get(node.id)?.value);
  const movable = (node.op === 'input' || node.op === 'parameter') && 'value' in node.attrs;
  if (!movable || !value || value.batched || !isSingle(value)) return null;
  const x = singleNumber(value);
  return Number.isFinite(x) ? <Moved node={node} x={x} /> : null;
}

function Moved({ node, x }: { readonly node: GraphNode; readonly x: number }) {
  const { store } = useServices();
  const numbers = useNumbers();
  const [reach, setReach] = useState(() => sliderReach(x));
  const gesture = useRef(0);
  // A number typed elsewhere may lie beyond the slider's ends.
  if (Math.abs(x) > reach) setReach(sliderReach(x));
  return (
    <div className="field">
      <span className="field-name">{text.slide}</span>
      <Slider
        label={text.slider(outputName(node))}
        said={numbers.format(x)}
        reach={reach}
        value={x}
        onBegin={() => {
          gesture.current = ++gestures;
        }}
        onChange={(next) =>
          setValue(store, node.id, scalar(next), `slide ${node.id} ${gesture.current}`)
        }
      />
    </div>
  );
}
