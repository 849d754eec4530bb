import { Popover } from '@base-ui/react/popover';
import { Check, Hash } from 'lucide-react';
import { useId } from 'react';
import { scalar } from '#tensor';
import { wireWidth } from '../format/magnitude.ts';
import { blackboard, digitChoices, displayBy, Numbers } from '../format/numbers.ts';
import { useNumbers, useServices } from '../store/index.ts';
import { writing as text } from '../strings/en-numbers.ts';
import { useEarlyPress } from '../ui/early-press.ts';
import './numbers-menu.css';

const kinds = ['significant', 'decimals'] as const;
const sizes = [0.001, 0.01, 0.1, 1, 10, 100];

/** How numbers are written: digits, rounding like the blackboard, and what the thickness of wires means. */
export function NumbersMenu() {
  const button = { className: 'button quiet icon', 'aria-label': text.label, title: text.label };
  const face = <Hash size={16} aria-hidden="true" />;
  // Like a menu's button: see MenuButton.
  const press = useEarlyPress();
  if ('early' in press) {
    return (
      <button type="button" aria-haspopup="dialog" {...button} {...press.early}>
        {face}
      </button>
    );
  }
  return (
    <Popover.Root defaultOpen={press.wasPressed}>
      <Popover.Trigger {...button}>{face}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner className="menu-positioner" sideOffset={4} align="end">
          <Popover.Popup className="numbers-menu">
            <Popover.Title className="heading">{text.title}</Popover.Title>
            <Digits />
            <Blackboard />
            <Legend />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Digits() {
  const { store } = useServices();
  const { display } = useNumbers();
  const { by, digits } = display;
  const { setDisplay } = store.getState();
  const name = useId();
  const choices: readonly number[] = digitChoices[by];
  return (
    <>
      <div className="segments" role="radiogroup" aria-label={text.title}>
        {kinds.map((kind) => (
          <label key={kind} className="segment-choice" data-chosen={by === kind}>
            <input
              type="radio"
              name={name}
              checked={by === kind}
              onChange={() => setDisplay(displayBy(kind))}
            />
            {text.by[kind]}
          </label>
        ))}
      </div>
      <div className="digit-row" role="radiogroup" aria-label={text.digits}>
        {choices.map((count) => (
          <label key={count} className="digit-choice numeric" data-chosen={digits === count}>
            <input
              type="radio"
              name={`${name} digits`}
              checked={digits === count}
              onChange={() => setDisplay({ ...display, digits: count })}
            />
            {count}
          </label>
        ))}
      </div>
      <p className="quiet-text numeric">{text.sample(new Numbers(display).format(1 / 3))}</p>
    </>
  );
}

function Blackboard() {
  const { store } = useServices();
  const { display } = useNumbers();
  const hint = useId();
  return (
    <div className="switch-row">
      <label>
        <input
          type="checkbox"
          checked={display.blackboard}
          aria-describedby={hint}
          onChange={({ target }) =>
            store.getState().setDisplay(blackboard(display, target.checked))
          }
        />
        <span className="box" aria-hidden="true">
          <Check size={12} strokeWidth={3} />
        </span>
        {text.blackboard}
      </label>
      <p className="quiet-text" id={hint}>
        {text.blackboardHint}
      </p>
    </div>
  );
}

function Legend() {
  return (
    <div className="width-legend">
      <h3 className="heading">{text.thickness}</h3>
      <div className="width-samples numeric" aria-hidden="true">
        {sizes.map((size) => (
          <span key={size}>
            <i
              style={{
                height: wireWidth({ batched: false, shape: [], data: scalar(size) }),
              }}
            />
            {size}
          </span>
        ))}
      </div>
      <p className="quiet-text">{text.thicknessHint}</p>
    </div>
  );
}
