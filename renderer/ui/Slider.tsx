import './slider.css';

declare module 'react' {
  interface CSSProperties {
    /** Where the thumb stands, for the track's colour. */
    '--at'?: string;
  }
}

interface SliderProps {
  readonly label: string;
  /** What a screen reader says of where it stands. */
  readonly said: string;
  /** The slider goes from −`reach` to `reach`, in two hundred steps. */
  readonly reach: number;
  readonly value: number;
  onChange(x: number): void;
  /** A new gesture: a press, or the focus coming by keyboard. */
  onBegin?(): void;
}

/** A slider around zero. The arrow keys move it by a hundredth of its reach. */
export function Slider({ label, said, reach, value, onChange, onBegin }: SliderProps) {
  return (
    <input
      type="range"
      className="slider"
      aria-label={label}
      aria-valuetext={said}
      min={-reach}
      max={reach}
      step={withoutDust(reach / 100)}
      value={value}
      style={{ '--at': `${50 + (50 * value) / reach}%` }}
      onFocus={onBegin}
      onPointerDown={onBegin}
      onChange={({ target }) => onChange(withoutDust(Number(target.value)))}
    />
  );
}

/** A number without the dust of binary fractions: 0.30000000000000004 is 0.3. */
function withoutDust(x: number): number {
  return Number(x.toPrecision(12));
}
