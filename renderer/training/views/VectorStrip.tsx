import { useCallback } from 'react';
import { type Canvas, Painted } from './Painted.tsx';

interface VectorStripProps {
  readonly label: string;
  readonly data: Float32Array;
}

/** Numbers in a row: blue where they are positive, ink where negative, the stronger the larger. */
export function VectorStrip({ label, data }: VectorStripProps) {
  const draw = useCallback(
    ({ context, width, height, colour }: Canvas) => {
      const top = data.reduce((most, x) => Math.max(most, Math.abs(x)), 0) || 1;
      context.fillStyle = colour('--chip');
      context.fillRect(0, 0, width, height);
      const column = width / data.length;
      const [positive, negative] = [colour('--value'), colour('--ink')];
      data.forEach((x, at) => {
        context.globalAlpha = Math.abs(x) / top;
        context.fillStyle = x < 0 ? negative : positive;
        context.fillRect(at * column, 0, Math.max(1, column - (column > 6 ? 1 : 0)), height);
      });
      context.globalAlpha = 1;
    },
    [data],
  );
  return <Painted className="vector-strip" label={label} draw={draw} />;
}
